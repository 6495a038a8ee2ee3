//! Files of rows: encodings, headers, cells, and the rows that are written back to be corrected.

use std::{collections::BTreeMap, io::Cursor};

use imfleet::{
    domain::vehicle::{plate::PlateKind, use_nature::UseNature},
    import::{Column, Encoding, Format, Mapping, Row, RowFault, Table, cells, explicit_map, refusal, vehicle_type},
    platform::problem::{Fault, Problem, text},
};
use rstest::rstest;

const COLUMNS: &[Column] = &[
    Column { field: "plate", zh: "号牌号码", also: &["车牌号"] },
    Column { field: "fuel", zh: "燃料种类", also: &[] },
    Column { field: "gvm_kg", zh: "最大总质量", also: &[] },
];

fn open(bytes: &[u8]) -> Result<Table, Problem> {
    Table::open(Box::new(Cursor::new(bytes.to_vec())))
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

fn map(table: &Table, told: &str) -> Result<Mapping, Problem> {
    Mapping::find(&table.headers, COLUMNS, &["plate"], &explicit_map(told)?)
}

const TEXT: &str = "号牌号码,燃料种类\n陕E12345,汽油\n陕E54321,𠮷柴油\n";

#[test]
fn a_file_is_read_in_whatever_encoding_it_came() {
    let marked = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
    for (bytes, encoding) in
        [(TEXT.as_bytes().to_vec(), Encoding::Utf8), (marked, Encoding::Utf8), (gb18030(TEXT), Encoding::Gb18030)]
    {
        let mut table = open(&bytes).unwrap();
        assert_eq!((table.inspected.encoding, table.format), (encoding, Format::Csv));
        assert_eq!(table.headers, ["号牌号码", "燃料种类"]);
        let rows = table.chunk(10).unwrap();
        assert_eq!((rows[0].row, rows[0].cells[0].as_str()), (2, "陕E12345"));
        assert_eq!(rows[1].cells[1], "𠮷柴油");
    }
}

#[test]
fn characters_survive_where_blocks_of_the_file_meet() {
    let long: String = std::iter::once("号牌号码\n".to_owned())
        .chain((0..40_000).map(|number| format!("陕E{number:05}𠮷\n")))
        .collect();
    for bytes in [long.clone().into_bytes(), gb18030(&long)] {
        let mut table = open(&bytes).unwrap();
        let rows = table.chunk(50_000).unwrap();
        assert_eq!(rows.len(), 40_000);
        assert!(rows.iter().zip(0..).all(|(row, number)| row.cells[0] == format!("陕E{number:05}𠮷")));
    }
}

#[rstest]
#[case::utf_16("号牌号码".encode_utf16().flat_map(u16::to_le_bytes).chain([0xFF, 0xFF]).collect())]
#[case::a_broken_utf_8_with_its_mark([b"\xEF\xBB\xBF".to_vec(), gb18030(TEXT)].concat())]
#[case::neither([gb18030(TEXT), vec![0xFF, 0xFF]].concat())]
fn a_file_that_is_in_no_known_encoding_is_refused(#[case] bytes: Vec<u8>) {
    assert!(open(&bytes).err().unwrap().to_string().contains("neither UTF-8 nor GB18030"));
}

#[test]
fn a_quoted_cell_may_hold_commas_and_new_lines_and_rows_are_numbered_as_a_sheet_shows_them() {
    let mut table = open("号牌号码,燃料种类\n\"陕E\n12345\",\"汽油,电\"\n,\n陕E54321,柴油\n".as_bytes()).unwrap();
    let rows = table.chunk(10).unwrap();
    assert_eq!(rows[0].cells, ["陕E\n12345", "汽油,电"]);
    assert_eq!((rows.len(), rows[1].row), (2, 4), "a row of empty cells is passed over and counted");
}

#[test]
fn a_file_without_headers_is_refused() {
    assert!(open(b"").is_err());
    assert!(open(b" , ,\na,b,c\n").is_err());
}

#[rstest]
#[case("号牌号码")]
#[case("号牌 号码")]
#[case("车牌号")]
#[case("Plate")]
#[case("号牌号码（大写）")]
#[case("\u{FEFF}plate")]
fn a_header_is_known_by_its_names_in_both_languages(#[case] header: &str) {
    let table = open(format!("{header},x\n1,2\n").as_bytes()).unwrap();
    let mapping = map(&table, "").unwrap();
    assert_eq!((mapping.place("plate"), mapping.ignored), (Some(0), vec!["x".to_owned()]));
}

#[rstest]
#[case("车号=plate", "车号,燃料种类", None)]
#[case("", "车号,燃料种类", Some("column_missing"))]
#[case("车号=colour", "车号,plate", Some("no_such_field"))]
#[case("牌=plate", "车号,plate", Some("no_such_column"))]
#[case("", "车牌号,plate", Some("column_twice"))]
#[case("车牌号=-", "车牌号,plate", None)]
fn the_sender_may_name_columns(#[case] told: &str, #[case] headers: &str, #[case] code: Option<&str>) {
    let table = open(format!("{headers}\n1,2\n").as_bytes()).unwrap();
    let found = map(&table, told);
    assert_eq!(found.err().map(|problem| problem.errors()[0].code.to_string()).as_deref(), code);
}

#[test]
fn words_are_known_by_code_word_and_label() {
    let kind = |cell| cells::coded(cell, PlateKind::from_code);
    for cell in ["02", "2", "small_car", "小型汽车", " ０２ "] {
        assert_eq!(kind(cell), Ok(PlateKind::SmallCar), "{cell}");
    }
    assert_eq!(kind("52"), Ok(PlateKind::SmallNev));
    assert!(kind("小车").is_err());
    for cell in ["F", "freight", "货运", "ｆ"] {
        assert_eq!(cells::coded(cell, UseNature::from_code), Ok(UseNature::Freight), "{cell}");
    }
    for (cell, letters) in
        [("B", "B"), ("柴油", "B"), ("diesel", "B"), ("汽油/电", "AC"), ("BO", "BO"), ("纯电动", "C")]
    {
        assert_eq!(cells::fuel(cell).unwrap().to_string(), letters, "{cell}");
    }
    assert!(cells::fuel("煤").is_err());
}

#[rstest]
#[case("2015-06-18", Some("2015-06-18"))]
#[case("2015/6/18", Some("2015-06-18"))]
#[case("20150618", Some("2015-06-18"))]
#[case("2015年6月18日", Some("2015-06-18"))]
#[case("2015-06-18 00:00:00", Some("2015-06-18"))]
#[case("2015-02-29", None)]
#[case("18/06/2015", None)]
#[case("15-6-18", None)]
#[case("42173", None)]
fn days_are_written_in_many_ways(#[case] cell: &str, #[case] day: Option<&str>) {
    assert_eq!(cells::day(cell).ok().map(|day| day.to_string()).as_deref(), day);
}

#[rstest]
#[case("12,000", Some(12_000))]
#[case("12000.0", Some(12_000))]
#[case("１２０００", Some(12_000))]
#[case("12000.5", None)]
#[case("12t", None)]
fn numbers_are_written_in_many_ways(#[case] cell: &str, #[case] number: Option<i64>) {
    assert_eq!(cells::whole(cell).ok(), number);
}

#[rstest]
#[case("H17", Some("H17"))]
#[case("重型自卸货车", Some("H17"))]
#[case("小型轿车", Some("K33"))]
#[case("小型面包车", Some("K39"))]
#[case("重型半挂牵引车", Some("Q11"))]
#[case("飞机", None)]
fn types_are_known_by_code_and_name(#[case] cell: &str, #[case] code: Option<&str>) {
    assert_eq!(vehicle_type(cell).ok().map(|known| known.to_string()).as_deref(), code);
}

#[test]
fn areas_are_those_of_the_city() {
    assert_eq!(cells::area("临渭区").unwrap().as_str(), "610502");
    assert_eq!(cells::area("610581000").unwrap().as_str(), "610581");
    assert!(cells::area("610113").is_err());
    assert!(cells::area("雁塔区").is_err());
}

#[test]
fn a_row_that_lost_a_cell_is_at_fault_rather_than_shifted() {
    let mut table = open("plate,fuel,gvm_kg\n陕E1,A\n陕E2,A,1,2\n陕E3,A,1\n".as_bytes()).unwrap();
    let mapping = map(&table, "").unwrap();
    let rows = table.chunk(10).unwrap();
    let whole: Vec<bool> = rows.iter().map(|row| Row::new(row, &mapping).done(Some(())).is_ok()).collect();
    assert_eq!(whole, [false, false, true]);
}

#[test]
fn the_refused_rows_are_written_so_that_they_can_be_sent_again() {
    let bytes = "备注,plate,fuel\n甲,陕E1,A\n乙,陕E2,煤\n丙,陕E3,\"A\nC\"\n丁,陕E4,A\n".as_bytes();
    let table = open(bytes).unwrap();
    let mapping = map(&table, "").unwrap();
    let fault =
        Fault { pointer: "/fuel".to_owned(), code: "unreadable".into(), detail: text("no fuel", "不是燃料") };
    let faults = BTreeMap::from([(3, vec![RowFault { row: 3, fault }])]);
    let mut out = Vec::new();
    assert_eq!(refusal::write(table, &mapping, &[(2, 4)], &faults, &mut out).unwrap(), 3);

    assert!(out.starts_with(b"\xEF\xBB\xBF"));
    let mut again = open(&out).unwrap();
    assert_eq!(again.headers[..3], ["备注", "plate", "fuel"]);
    let rows = again.chunk(10).unwrap();
    assert_eq!(rows[1].cells[3..], ["3", "fuel", "unreadable", "不是燃料 (no fuel)"]);
    assert_eq!((rows[0].cells[5].as_str(), rows[2].cells[2].as_str()), ("chunk_refused", "A\nC"));
    let mapping = map(&again, "").unwrap();
    assert_eq!(mapping.ignored, ["备注"], "what was added is no column of the sender's");
    let table = open(&out).unwrap();
    let mut twice = Vec::new();
    refusal::write(table, &mapping, &[(2, 4)], &BTreeMap::new(), &mut twice).unwrap();
    assert_eq!(open(&twice).unwrap().headers, again.headers, "the columns are not added twice");
}
