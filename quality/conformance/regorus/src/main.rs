// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

//! Times a rule with regorus: one JSON request a line on standard input, one answer a line on standard
//! output. `{"modules":[…],"rule":"data.a.b","input":…,"data":…,"v0":…,"millis":…,"stub":…}`

use std::io::{self, BufRead, Write};
use std::time::{Duration, Instant};

fn main() -> io::Result<()> {
    let stdin = io::stdin();
    for line in stdin.lock().lines() {
        let answer = match run(&line?) {
            Ok(a) => a,
            Err(e) => serde_json::json!({ "error": e.to_string() }).to_string(),
        };
        println!("{answer}");
        io::stdout().flush()?;
    }
    Ok(())
}

fn run(line: &str) -> Result<String, Box<dyn std::error::Error>> {
    let r: serde_json::Value = serde_json::from_str(line)?;
    let start = Instant::now();
    let mut engine = regorus::Engine::new();
    engine.set_rego_v0(r["v0"].as_bool().unwrap_or(false));
    engine.set_strict_builtin_errors(false);
    for (i, m) in r["modules"].as_array().ok_or("no modules")?.iter().enumerate() {
        engine.add_policy(format!("m{i}.rego"), m.as_str().unwrap_or("").to_string())?;
    }
    if let Some(name) = r["stub"].as_str() {
        let table = regorus::Value::from_json_str(&r["data"]["stub"].to_string())?;
        engine.add_extension(
            name.to_string(),
            1,
            Box::new(move |p: Vec<regorus::Value>| {
                let v = &table[&p[0]];
                Ok(if *v == regorus::Value::Undefined { regorus::Value::Null } else { v.clone() })
            }),
        )?;
    }
    if r["data"].is_object() {
        engine.add_data(regorus::Value::from_json_str(&r["data"].to_string())?)?;
    }
    let input = regorus::Value::from_json_str(&r["input"].to_string())?;
    engine.set_input(input.clone());
    let rule = r["rule"].as_str().ok_or("no rule")?.to_string();
    let value = engine.eval_rule(rule.clone())?;
    let compiled = start.elapsed();
    let limit = Duration::from_millis(r["millis"].as_u64().unwrap_or(0));
    let warm = Instant::now();
    while warm.elapsed() < limit / 2 {
        engine.set_input(input.clone());
        engine.eval_rule(rule.clone())?;
    }
    let mut count = 0u64;
    let used = processor();
    let begin = Instant::now();
    while begin.elapsed() < limit {
        for _ in 0..16 {
            engine.set_input(input.clone());
            engine.eval_rule(rule.clone())?;
        }
        count += 16;
    }
    let nanos = begin.elapsed().as_nanos() as u64;
    let processor = processor() - used;
    let shown: serde_json::Value = serde_json::from_str(&value.to_json_str()?).unwrap_or_default();
    Ok(serde_json::json!({
        "value": shown, "count": count, "nanos": nanos, "compiled": compiled.as_nanos() as u64,
        "processor": processor
    })
    .to_string())
}

/// Processor time of this process's only thread, in nanoseconds.
fn processor() -> u64 {
    std::fs::read_to_string("/proc/self/schedstat")
        .ok()
        .and_then(|s| s.split_whitespace().next().and_then(|n| n.parse().ok()))
        .unwrap_or(0)
}
