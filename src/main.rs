//! The program: reads its settings and runs one subcommand.

fn main() {}
