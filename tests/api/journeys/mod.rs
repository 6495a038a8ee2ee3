//! Stories across areas, as the people of the trade live them.

mod failed_to_closed;
mod overdue_to_lifted;
mod wrong_and_corrected;
