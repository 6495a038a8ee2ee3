//! What the law says of one item, and why an inspection by eye or by OBD fails.

use crate::domain::words::words;

words! {
    /// What the law says of one item.
    pub enum Outcome {
        /// Within its limit; equal to the limit is within.
        Pass = "pass" / "合格",
        /// Beyond its limit: the test fails.
        Fail = "fail" / "不合格",
        /// Not run or not judged for this vehicle: never a pass.
        NotTested = "not_tested" / "未检",
        /// Beyond a limit that is only recommended, or a finding that is only recorded.
        Advisory = "advisory" / "提示",
    }

    /// Why the appearance or the on-board diagnosis is not in order.
    pub enum Finding {
        /// An emission control device is missing, removed or disconnected.
        DeviceMissing = "device_missing" / "污染控制装置缺失或失效",
        /// The intake, the exhaust or a fluid leaks.
        Leak = "leak" / "泄漏",
        /// The engine burns oil or smokes heavily.
        BurningOilOrSmoke = "burning_oil_or_smoke" / "烧机油或严重冒烟",
        /// The diagnostic computer does not answer.
        NoCommunication = "no_communication" / "OBD通讯失败",
        /// The malfunction indicator does not work.
        IndicatorDefective = "indicator_defective" / "故障指示灯损坏",
        /// The malfunction indicator is lit and a trouble code is confirmed.
        ConfirmedFault = "confirmed_fault" / "故障灯点亮且有确认故障码",
        /// Too many monitors are not ready: drive the vehicle, then test again.
        NotReady = "not_ready" / "诊断就绪状态未完成,行驶后复检",
    }
}
