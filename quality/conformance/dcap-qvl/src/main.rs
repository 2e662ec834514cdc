// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

//! The peer dcap-qvl behind a pipe.
//!
//! `verify`: reads `id TAB quote TAB collateral TAB unix-seconds TAB root-der` a line (root-der may
//! be `-`), and answers each with `id TAB status TAB advisories TAB error`.
//! `rate QUOTE COLLATERAL UNIX-SECONDS ROUNDS`: verifies again and again on one thread, and prints
//! verifications a CPU second.

use dcap_qvl::verify::QuoteVerifier;
use dcap_qvl::QuoteCollateralV3;
use std::io::BufRead;

fn hex(text: &str) -> Vec<u8> {
    (0..text.len() / 2)
        .map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).expect("hex"))
        .collect()
}

fn collateral(path: &str) -> Option<QuoteCollateralV3> {
    let text = std::fs::read_to_string(path).ok()?;
    let json: serde_json::Value = serde_json::from_str(&text).ok()?;
    let field = |name: &str| json.get(name).and_then(|v| v.as_str()).map(str::to_string);
    let bytes = |name: &str| field(name).map(|v| hex(&v));
    Some(QuoteCollateralV3 {
        pck_crl_issuer_chain: field("pck_crl_issuer_chain")?,
        root_ca_crl: bytes("root_ca_crl")?,
        pck_crl: bytes("pck_crl")?,
        tcb_info_issuer_chain: field("tcb_info_issuer_chain")?,
        tcb_info: field("tcb_info")?,
        tcb_info_signature: bytes("tcb_info_signature")?,
        qe_identity_issuer_chain: field("qe_identity_issuer_chain")?,
        qe_identity: field("qe_identity")?,
        qe_identity_signature: bytes("qe_identity_signature")?,
        pck_certificate_chain: None,
    })
}

fn cpu_seconds() -> f64 {
    // utime and stime in clock ticks of 1/100 s (proc(5)).
    let stat = std::fs::read_to_string("/proc/self/stat").expect("/proc");
    let rest = &stat[stat.rfind(')').expect("stat") + 2..];
    let fields: Vec<&str> = rest.split(' ').collect();
    let ticks: f64 = fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap();
    ticks / 100.0
}

fn verify_lines() {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let parts: Vec<&str> = line.split('\t').collect();
        let verifier = if parts[4] == "-" {
            QuoteVerifier::new_prod()
        } else {
            QuoteVerifier::new(std::fs::read(parts[4]).expect("root"))
        };
        let quote = std::fs::read(parts[1]).expect("quote");
        let answer = match collateral(parts[2]) {
            None => Err("no collateral of the peer's form".to_string()),
            Some(c) => verifier
                .with_config::<dcap_qvl::configs::RingConfig>()
                .verify(&quote, &c, parts[3].parse().expect("seconds"))
                .map_err(|e| format!("{e:#}").replace(['\t', '\n'], " ")),
        };
        match answer {
            Ok(r) => println!("{}\t{}\t{}\t", parts[0], r.status, r.advisory_ids.join(",")),
            Err(error) => println!("{}\t\t\t{}", parts[0], error),
        }
    }
}

fn rate(args: &[String]) {
    let quote = std::fs::read(&args[2]).expect("quote");
    let c = collateral(&args[3]).expect("collateral");
    let at: u64 = args[4].parse().expect("seconds");
    let rounds: u32 = args[5].parse().expect("rounds");
    let verifier = QuoteVerifier::new_prod().with_config::<dcap_qvl::configs::RingConfig>();
    verifier.verify(&quote, &c, at).expect("a good quote");
    let before = cpu_seconds();
    for _ in 0..rounds {
        verifier.verify(&quote, &c, at).expect("a good quote");
    }
    println!("{:.1}", f64::from(rounds) / (cpu_seconds() - before));
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args.get(1).map(String::as_str) {
        Some("verify") => verify_lines(),
        Some("rate") => rate(&args),
        _ => {
            eprintln!("usage: verify | rate QUOTE COLLATERAL UNIX-SECONDS ROUNDS");
            std::process::exit(2);
        }
    }
}
