//! What a copy of the register must hear of: the words of the feed that indexes, gates and subscribers follow.

use super::words::words;

words! {
    /// What changed, so that copies of it are read again.
    pub enum Changed {
        /// A vehicle's identity or data: plates, VIN, stage, fuel.
        Vehicle = "vehicle" / "车辆信息",
        /// A vehicle's listings.
        Listing = "listing" / "黑名单",
        /// A zone, its rules or its exemptions.
        Zone = "zone" / "管控区域",
        /// An order of emergency measures.
        Order = "order" / "应急管控令",
    }
}
