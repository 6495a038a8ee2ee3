//! The shape of the repository: the rules that the compiler cannot keep, each with what to do when it is broken.

mod allowed;
mod calls;
mod committed;
mod features;
mod layers;
mod migrations;
mod paths;
mod size;
mod sql;
mod tokens;
mod tree;
