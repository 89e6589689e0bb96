/// Also in Cargo.toml: 0.3.3-beta.1
pub const VERSION:  &str = "0.3.3-beta.2";
pub const OTHER_VERSION: &str = "0.3.3-beta.1";
