plugins {
    kotlin("jvm") version "1.2.3"
}

allprojects {
    group = "org.example"
    version = "1.2.3"
}
