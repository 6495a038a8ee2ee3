//! Changes of imports: opening one, working its chunks off, and forgetting it; exports beside them.

mod exporting;
mod job;
mod uploads;
mod working;

pub use self::{
    exporting::{header, page, write_export},
    job::{Job, Order, forget, open_or_resume, sweep},
    uploads::{import_file, mapping_of, refused_csv, work_off},
    working::{By, CHUNK, Progress, start, write_refused},
};
