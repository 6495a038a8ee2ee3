//! Findings: the words for what does not fit.

use super::words::words;

words! {
    /// What was seen.
    pub enum FindingKind {
        /// The station judged otherwise than the service.
        VerdictDiffers = "verdict_differs" / "机构判定与平台判定不一致",
        /// The same inspection number came again with other readings; the first stays.
        SameNumberOtherReadings = "same_number_other_readings" / "同一流水号再次上报且数据不同",
        /// The repair shop shares its credit code or legal person with the station of the failing test.
        ShopKinOfStation = "shop_kin_of_station" / "维修站与检验机构为同一主体",
        /// The same number came again with lower readings, after the first had failed or was near its limit.
        RepostedLower = "reposted_lower" / "同一流水号改低数据再次上报",
        /// A reported reading is not what its own per-second record shows.
        ReadingOffTrace = "reading_off_trace" / "上报结果与过程数据不符",
        /// A reported reading is the mean of its record divided by the smallest number that lets it pass.
        ReadingDivided = "reading_divided" / "上报结果为过程均值除以整数",
        /// The per-second record is shorter than said, has gaps, or repeats seconds.
        TraceBroken = "trace_broken" / "过程数据不完整",
        /// The per-second record is that of another vehicle, to the last rounded digit.
        TraceRepeated = "trace_repeated" / "过程数据与他车完全相同",
        /// The per-second record is nearly that of another vehicle.
        TraceAlike = "trace_alike" / "过程数据与他车高度雷同",
        /// The test was shorter than its method allows.
        TestTooShort = "test_too_short" / "检测时长低于方法下限",
        /// The record has fewer samples than the method needs.
        TooFewSamples = "too_few_samples" / "过程数据采样不足",
        /// The control unit tells another VIN than the registered one.
        EcuVinDiffers = "ecu_vin_differs" / "OBD读取的车架号与登记不符",
        /// A control unit tells no verification number, or zeros alone.
        SoftwareBlank = "software_blank" / "CVN为空或全零",
        /// One pair of CAL-ID and CVN on vehicles of different makers, engines or fuels.
        SoftwareAcrossMakes = "software_across_makes" / "同一CALID与CVN出现在不同厂牌、发动机或燃料的车辆",
        /// A pair of CAL-ID and CVN that a model shows at a single station only.
        SoftwareOfOneStation = "software_of_one_station" / "该车型的CALID与CVN仅出现在一家机构",
        /// The rated power is lower than at the last test.
        RatedPowerLowered = "rated_power_lowered" / "额定功率较上次检验调低",
        /// The rated power is lower than that of the same model.
        PowerBelowModel = "power_below_model" / "额定功率低于同车型",
        /// Readings are piled just under their limits.
        ReadingsPiled = "readings_piled" / "结果集中于限值之下",
        /// Two tests at once on one line, or by one driver.
        TestsOverlap = "tests_overlap" / "同一检测线或引车员检测时间重叠",
        /// A test outside the opening hours.
        OutsideHours = "outside_hours" / "营业时间外检测",
        /// Passed so soon after a failing test that no repair fits between.
        PassedTooFast = "passed_too_fast" / "不合格后短时间内复检合格",
        /// Hardly any retest fails.
        RetestsRarelyFail = "retests_rarely_fail" / "复检通过率异常",
        /// Far fewer vehicles fail than similar vehicles elsewhere.
        TestsRarelyFail = "tests_rarely_fail" / "初检通过率高于同类车辆",
        /// A weaker method without a reason.
        WeakerMethod = "weaker_method" / "无理由采用较宽松方法",
        /// Weaker methods far more often than for similar vehicles elsewhere.
        WeakerMethodOften = "weaker_method_often" / "较宽松方法比例异常",
        /// The line had no passing calibration when it tested.
        LineUncalibrated = "line_uncalibrated" / "检测时检测线无有效校准",
        /// The station's clock runs ahead.
        ClockAhead = "clock_ahead" / "机构时钟超前",
        /// One VIN came with several plates.
        PlatesOfOneVin = "plates_of_one_vin" / "同一车架号使用多个号牌",
        /// A shop's repair records repeat the same text and parts.
        RepairsAlike = "repairs_alike" / "维修记录内容与配件雷同",
        /// The repair is dated after the retest that stands on it.
        RepairAfterRetest = "repair_after_retest" / "维修日期晚于复检",
        /// A client checks runs of neighbouring plates.
        NeighbouringPlates = "neighbouring_plates" / "连号查询",
        /// A client checks one plate again and again.
        PlateAskedAgain = "plate_asked_again" / "同一号牌反复查询",
    }
}

words! {
    /// Where a finding stands.
    pub enum FindingState {
        /// Noted; nobody has looked at it.
        Noted = "noted" / "待核查",
        /// The bureau has asked the organisation to explain; from now on the organisation sees it.
        ExplanationAsked = "explanation_asked" / "已要求说明",
        /// The bureau dismissed it.
        Dismissed = "dismissed" / "已排除",
        /// The bureau upheld it.
        Upheld = "upheld" / "已认定",
    }

    /// What a question put to the data came to.
    pub enum Standing {
        /// It does not fit.
        Found = "found" / "发现异常",
        /// In order.
        InOrder = "in_order" / "未见异常",
        /// Too few to say anything.
        InsufficientData = "insufficient_data" / "数据不足",
    }
}
