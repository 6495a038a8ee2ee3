//! HTTP of reports.

use actix_web::{HttpRequest, HttpResponse, get, web};

use super::{
    actions::write_report,
    catalogue::{ALL, Report},
    wire::{ReportOut, ReportQuery, ReportRowsOut, ReportsOut, Shape, file_name},
};
use crate::{
    domain::event::Event,
    platform::{
        answer::Answer,
        auth::{
            Allowed, Right,
            right::{ListReports, ReadReport},
        },
        db::Tx,
        file::{self, XLSX, stream_of},
        problem::{Kind, Language, Problem},
        state::State,
    },
};

/// The reports that the caller may read, with their parameters and columns.
#[utoipa::path(tag = "reports", responses((status = 200, description = "The catalogue", body = ReportsOut)))]
#[get("/v1/reports")]
pub async fn list_reports(caller: Allowed<ListReports>, asked: HttpRequest) -> Result<Answer, Problem> {
    let language = Language::of(&asked);
    let mine = ALL.iter().filter(|report| report.readers().contains(&caller.role));
    Answer::ok(&ReportsOut { items: mine.map(|report| ReportOut::new(*report, language)).collect() })
}

/// A report, as JSON, CSV or XLSX from the same rows. The reading is recorded.
#[utoipa::path(
    tag = "reports", params(("name" = String, Path, description = "The report"), ReportQuery),
    responses((status = 200, description = "The report", content(
        (ReportRowsOut = "application/json"),
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    )))
)]
#[get("/v1/reports/{name}")]
pub async fn read_report(
    caller: Allowed<ReadReport>,
    asked: HttpRequest,
    name: web::Path<String>,
    query: web::Query<ReportQuery>,
    state: web::Data<State>,
) -> Result<HttpResponse, Problem> {
    let report: &'static dyn Report =
        *ALL.iter().find(|report| report.name() == *name).ok_or_else(Problem::not_found)?;
    if !report.readers().contains(&caller.role) {
        return Err(Problem::new(Kind::Forbidden));
    }
    let language = Language::of(&asked);
    let (asked, shape) = (query.asked(report, state.clock.now().local_day())?, query.format.unwrap_or(Shape::Json));
    let home = caller.home();
    let note = move |tx: &mut Tx<'_>| {
        tx.record(home, Event::ReportRead { report: report.name().to_owned() });
        Ok(())
    };
    state.db.write(ReadReport::OPERATION, caller.actor(), note).await?;
    let name = file_name(report, &asked, shape);
    let written = state.db.read(move |conn| write_report(conn, report, &asked, shape, language)).await?;
    let mut response = match shape {
        Shape::Json => HttpResponse::Ok(),
        Shape::Csv => file::csv(&name),
        Shape::Xlsx => file::attachment(XLSX, &name),
    };
    if shape == Shape::Json {
        response.content_type("application/json");
    }
    Ok(response.streaming(Box::pin(stream_of(written)?)))
}
