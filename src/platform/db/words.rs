//! Words and amounts of the domain as plain `TEXT` and `BIGINT` columns.

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, Queryable},
    expression::AsExpression,
    internal::derives::as_expression::Bound,
    serialize::{self, Output, ToSql},
    sql_types::{BigInt, Nullable, SingleValue, Text},
};

use super::columns::as_column;
use crate::domain::{quantity::Amount, words::Word};

/// Vocabularies that stand in columns.
macro_rules! text_columns {
    ($($word:path),+ $(,)?) => {$(
        impl<DB: Backend> ToSql<Text, DB> for $word
        where
            str: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                Word::word(*self).to_sql(out)
            }
        }
        impl<DB: Backend> FromSql<Text, DB> for $word
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(Word::parse(&String::from_sql(value)?)?)
            }
        }
        as_column!([] $word => Text);
    )+};
}

text_columns! {
    crate::domain::acceptance::AcceptanceState,
    crate::domain::appeal::AppealState,
    crate::domain::appeal::Appellant,
    crate::domain::case::CaseState,
    crate::domain::case::Cause,
    crate::domain::change::Changed,
    crate::domain::charging::SiteKind,
    crate::domain::vehicle::energy::EnergyKind,
    crate::domain::finding::FindingKind,
    crate::domain::finding::FindingState,
    crate::domain::import::ImportKind,
    crate::domain::import::ImportState,
    crate::import::Encoding,
    crate::import::Format,
    crate::domain::fleet::Book,
    crate::domain::fleet::FleetOddity,
    crate::domain::fleet::FuelGroup,
    crate::domain::fleet::MovementKind,
    crate::domain::fleet::SightedBy,
    crate::domain::fleet::Trade,
    crate::domain::fleet::TruckClass,
    crate::domain::inspection::InspectionKind,
    crate::domain::inspection::Nature,
    crate::domain::listing::ListingReason,
    crate::domain::observation::ObservationKind,
    crate::domain::observation::ObservationResult,
    crate::domain::observation::ReviewState,
    crate::domain::notice::NoticeState,
    crate::domain::penalty::PenaltyState,
    crate::domain::referral::Addressee,
    crate::domain::referral::ReferralState,
    crate::domain::vehicle::plate::PlateKind,
    crate::domain::removal::ContactState,
    crate::domain::removal::OwnerKind,
    crate::domain::removal::RemovalGround,
    crate::domain::removal::RemovalStanding,
    crate::domain::repair::RepairState,
    crate::domain::role::Position,
    crate::domain::role::Role,
    crate::domain::role::Standing,
    crate::domain::tip::TipState,
    crate::domain::vehicle::stage::Stage,
    crate::domain::station::AssetKind,
    crate::domain::station::DeviceKind,
    crate::domain::station::line_check::CheckResult,
    crate::domain::station::line_check::LineCheckKind,
    crate::domain::supervision_case::SupervisionState,
    crate::domain::draw::Risk,
    crate::domain::standard::Item,
    crate::domain::standard::LimitClass,
    crate::domain::standard::Method,
    crate::domain::standard::Outcome,
    crate::domain::task::Aim,
    crate::domain::task::EntryStanding,
    crate::domain::task::FigureSource,
    crate::domain::task::TaskUnit,
    crate::domain::vehicle::use_nature::UseNature,
    crate::domain::vehicle::vehicle_type::SizeClass,
    crate::domain::verdict::Verdict,
    crate::domain::webhook::DeliveryState,
    crate::domain::webhook::EventKind,
    crate::domain::zone::Admission,
    crate::domain::zone::ControlKind,
    crate::domain::zone::Direction,
    crate::domain::zone::Outcome,
}

impl<DB: Backend> ToSql<BigInt, DB> for Amount
where
    i64: ToSql<BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.as_micros().to_sql(out)
    }
}

impl<DB: Backend> FromSql<BigInt, DB> for Amount
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        i64::from_sql(value).map(Self::from_micros)
    }
}

as_column!([] Amount => BigInt);
