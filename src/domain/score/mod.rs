//! Scores of stations, lines, inspectors and repair shops: counts by published formulas, never a judgement by themselves.

pub mod cusum;
pub mod outcomes;
pub mod similar;

use super::words::words;

words! {
    /// What a figure of a score says.
    pub enum Indicator {
        /// Failed first tests against what similar vehicles elsewhere let expect.
        SimilarFailure = "similar_failure" / "同类车辆不合格率比",
        /// Of the vehicles that passed here, how many pass their next test elsewhere.
        FollowUpPass = "follow_up_pass" / "异站后续检验合格率",
        /// How often the station judged otherwise than the service.
        VerdictDeviation = "verdict_deviation" / "判定偏差率",
        /// How often a weaker method was taken with a reason.
        WeakerMethod = "weaker_method" / "非工况法比例",
        /// How often a vehicle was accepted on a line that lacked something.
        UnreadyLine = "unready_line" / "设备未达标受理比例",
        /// How many of the drawn tests failed when they were made again.
        ReinspectionFailure = "reinspection_failure" / "随机复核不合格率",
        /// How many repairs pass the first retest.
        FirstRetestPass = "first_retest_pass" / "首次复检合格率",
        /// How many of those fail again within 90 days.
        FailedAgain = "failed_again" / "90天复超率",
    }

    /// Whose score it is.
    pub enum ScoreOf {
        /// A station.
        Station = "station" / "检验机构",
        /// A line of a station.
        Line = "line" / "检测线",
        /// An operator of a station.
        Inspector = "inspector" / "检验员",
        /// A repair shop.
        Shop = "shop" / "维修站",
    }

    /// Whether a figure may be read.
    pub enum FigureStanding {
        /// It stands on enough.
        Shown = "shown" / "有效",
        /// Too few were counted.
        InsufficientData = "insufficient_data" / "样本不足",
    }
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that count.
    pub hits: i64,
    /// All.
    pub of: i64,
}

impl Share {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { hits: self.hits + other.hits, of: self.of + other.of }
    }

    /// The share in millionths, cut; none of nothing.
    #[must_use]
    pub fn millionths(self) -> Option<i64> {
        (self.of > 0).then(|| self.hits.saturating_mul(1_000_000) / self.of)
    }
}

/// Whether so many are enough for the minimum sample of the day.
#[must_use]
pub const fn standing(counted: i64, least: i64) -> FigureStanding {
    if counted > 0 && counted >= least { FigureStanding::Shown } else { FigureStanding::InsufficientData }
}

impl Indicator {
    /// How it is computed, in English.
    #[must_use]
    pub const fn formula_en(self) -> &'static str {
        match self {
            Self::SimilarFailure => {
                "failed first tests ÷ expected failures. Expected: for each first test the failure rate of first tests at all \
                 other stations of the city in the period, of vehicles of the same maker, age band (0–3, 4–6, 7–9, 10–14, 15+ \
                 years), fuel and emission stage; where fewer than the dated number were tested elsewhere, without the maker, \
                 then of the fuel, then of all. Interval: score interval of a Poisson count ÷ expected."
            }
            Self::FollowUpPass => {
                "vehicles that passed here and pass their next counted test within the period at another station ÷ vehicles that \
                 passed here and have such a test. Interval: Wilson (1927)."
            }
            Self::VerdictDeviation => {
                "tests whose verdict by the station differs from the service's ÷ tests for which the station told a verdict. \
                 Interval: Wilson (1927)."
            }
            Self::WeakerMethod => {
                "acceptances with a reason for a method weaker than the regular one ÷ acceptances. Interval: Wilson (1927)."
            }
            Self::UnreadyLine => {
                "acceptances on a line that lacked a check, certificate or approval ÷ acceptances. Interval: Wilson (1927)."
            }
            Self::ReinspectionFailure => {
                "drawn tests whose vehicle failed the supervisory test that followed the draw ÷ drawn tests with such a test. \
                 Interval: Wilson (1927). CUSUM: S = max(0, S + (1 if failed, else 0) − k) in the order of the draws, signal at h; \
                 k and h are dated settings."
            }
            Self::FirstRetestPass => {
                "completed repairs whose vehicle passed its first counted test afterwards ÷ completed repairs with such a test. \
                 Interval: Wilson (1927)."
            }
            Self::FailedAgain => {
                "such passes after which a counted test failed within 90 days ÷ such passes whose 90 days are over or that failed \
                 before. Interval: Wilson (1927)."
            }
        }
    }

    /// How it is computed, in Chinese.
    #[must_use]
    pub const fn formula_zh(self) -> &'static str {
        match self {
            Self::SimilarFailure => {
                "初检不合格数÷期望不合格数；期望值按期间内全市其他机构对同品牌、同车龄段、同燃料、同排放阶段车辆的初检不合格率逐车累加，\
                 样本少于规定数时依次放宽至不分品牌、仅分燃料、全部车辆；区间为泊松计数得分区间÷期望值。"
            }
            Self::FollowUpPass => {
                "在本机构合格、期间内下一次计入统计的检验在其他机构且合格的车次÷在本机构合格且有此类检验的车次；Wilson 区间。"
            }
            Self::VerdictDeviation => "机构判定与平台判定不一致的检验数÷机构报送判定的检验数；Wilson 区间。",
            Self::WeakerMethod => "填写非工况原因的受理数÷受理数；Wilson 区间。",
            Self::UnreadyLine => "检测线缺少日检、证书或许可的受理数÷受理数；Wilson 区间。",
            Self::ReinspectionFailure => {
                "被抽中且抽取后监督抽测不合格的检验数÷被抽中且已监督抽测的检验数；Wilson 区间；累积和 S=max(0,S+x−k)，达到 h 报警，k、h 为按日生效的设定值。"
            }
            Self::FirstRetestPass => "竣工后首次计入统计的检验合格的维修数÷竣工后已有此类检验的维修数；Wilson 区间。",
            Self::FailedAgain => "上述合格后90天内又有检验不合格的次数÷已满90天或已复超的合格次数；Wilson 区间。",
        }
    }
}
