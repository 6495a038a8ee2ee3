//! The catalogue of problems: each has a stable address, a status and a title in both languages.

/// Declares the catalogue.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $status:literal $code:literal $en:literal / $zh:literal),+ $(,)?) => {
        /// A kind of problem (RFC 9457); its `type` is `/problems/{code}`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $($(#[$doc])* $kind),+ }

        impl Kind {
            /// The whole catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// The last part of the problem's `type`.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$kind => $code),+ } }

            /// The HTTP status.
            #[must_use]
            pub const fn status(self) -> u16 { match self { $(Self::$kind => $status),+ } }

            /// The title in English.
            #[must_use]
            pub const fn title_en(self) -> &'static str { match self { $(Self::$kind => $en),+ } }

            /// The title in Chinese.
            #[must_use]
            pub const fn title_zh(self) -> &'static str { match self { $(Self::$kind => $zh),+ } }
        }
    };
}

kinds! {
    /// The body, query or path cannot be read.
    Unreadable = 400 "unreadable" "The request cannot be read" / "请求无法解析",
    /// The authorisation server gives no token (RFC 6749, section 5.2).
    TokenRefused = 400 "token-refused" "No token is issued for this request" / "不予签发令牌",
    /// No token, or one that does not hold.
    Unauthenticated = 401 "unauthenticated" "Sign in first" / "请先认证",
    /// The client does not prove who it is (RFC 6749, `invalid_client`).
    InvalidClient = 401 "invalid-client" "The client cannot be authenticated" / "客户端认证失败",
    /// The role does not have this right.
    Forbidden = 403 "forbidden" "Your role does not allow this" / "您的角色无此权限",
    /// Not there, or not yours to know.
    NotFound = 404 "not-found" "Not found" / "未找到",
    /// The path knows other methods.
    MethodNotAllowed = 405 "method-not-allowed" "Method not allowed" / "不支持的请求方法",
    /// The state does not allow this step.
    WrongState = 409 "wrong-state" "The present state does not allow this step" / "当前状态不允许此操作",
    /// The same station and number were recorded with other readings.
    InspectionAlreadyRecorded = 409 "inspection-already-recorded"
        "This inspection number is already recorded with other readings" / "该检验流水号已上报，且数据不一致",
    /// The same device and number were recorded with other facts.
    ObservationAlreadyRecorded = 409 "observation-already-recorded"
        "This observation number is already recorded with other facts" / "该监测编号已上报，且数据不一致",
    /// The vehicle may not be accepted for this test.
    AcceptanceRefused = 409 "acceptance-refused" "The vehicle cannot be accepted for this test" / "不予受理",
    /// A suspension of the same line or station holds at that time.
    SuspensionOverlaps = 409 "suspension-overlaps"
        "The suspension overlaps another" / "与已有的暂停受理时段重叠",
    /// Another record bears this name.
    AlreadyExists = 409 "already-exists" "A record with this name exists" / "记录已存在",
    /// Too much has changed since; the whole is to be read anew.
    SnapshotNeeded = 410 "snapshot-needed" "Read the whole snapshot; too much has changed since" / "变更过多，请下载完整快照",
    /// The body is larger than the operation allows.
    TooLarge = 413 "too-large" "The body is too large" / "请求体过大",
    /// The body is of another type.
    UnsupportedMediaType = 415 "unsupported-media-type" "Send application/json in UTF-8" / "请以 UTF-8 编码的 application/json 提交",
    /// Readable, but the values do not hold.
    Invalid = 422 "invalid" "Some values are not valid" / "部分数据无效",
    /// The idempotency key was used for another body.
    IdempotencyKeyReused = 422 "idempotency-key-reused"
        "This idempotency key was used for another request" / "幂等键已用于其他请求",
    /// Too many requests or failed look-ups.
    TooManyRequests = 429 "too-many-requests" "Too many requests" / "请求过于频繁",
    /// A fault of the service.
    Internal = 500 "internal" "The service failed; nothing was stored" / "服务内部错误，未保存任何数据",
    /// Out of reach for a moment.
    Unavailable = 503 "unavailable" "The service is busy; try again" / "服务繁忙，请稍后重试",
}
