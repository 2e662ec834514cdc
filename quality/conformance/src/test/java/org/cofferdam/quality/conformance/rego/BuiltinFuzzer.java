// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.rego;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.Limits;
import org.cofferdam.core.rego.Policy;
import org.cofferdam.core.rego.Query;
import org.cofferdam.core.rego.RegoCompiler;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.JsonException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/**
 * Calls one built-in after another with arguments that a fuzzer makes up. The first byte chooses
 * the built-in; the arguments follow, with a byte 0 between them: JSON where it is JSON, a text
 * otherwise. The only exception that may come out is {@link RegoException}.
 */
public final class BuiltinFuzzer {
  /** Built-ins that read texts in languages of their own, with how many arguments they take. */
  private static final String[] NAMES = {
    "base64.decode 1",
    "base64url.decode 1",
    "crypto.hmac.sha256 2",
    "crypto.parse_private_keys 1",
    "crypto.x509.parse_certificate_request 1",
    "crypto.x509.parse_certificates 1",
    "crypto.x509.parse_keypair 2",
    "format_int 2",
    "glob.match 3",
    "glob.quote_meta 1",
    "graph.reachable 2",
    "graph.reachable_paths 2",
    "graphql.is_valid 2",
    "graphql.parse 2",
    "graphql.parse_and_verify 2",
    "graphql.parse_query 1",
    "graphql.parse_schema 1",
    "graphql.schema_is_valid 1",
    "hex.decode 1",
    "indexof_n 2",
    "io.jwt.decode 1",
    "io.jwt.decode_verify 2",
    "io.jwt.verify_es256 2",
    "io.jwt.verify_rs256 2",
    "json.filter 2",
    "json.match_schema 2",
    "json.patch 2",
    "json.remove 2",
    "json.unmarshal 1",
    "json.verify_schema 1",
    "net.cidr_contains 2",
    "net.cidr_expand 1",
    "net.cidr_merge 1",
    "numbers.range_step 3",
    "object.filter 2",
    "object.subset 2",
    "object.union 2",
    "providers.aws.sign_req 3",
    "regex.find_all_string_submatch_n 3",
    "regex.globs_match 2",
    "regex.match 2",
    "regex.replace 3",
    "regex.split 2",
    "regex.template_match 4",
    "rego.parse_module 2",
    "replace 3",
    "semver.compare 2",
    "semver.is_valid 1",
    "split 2",
    "sprintf 2",
    "strings.render_template 2",
    "strings.replace_n 2",
    "substring 3",
    "time.add_date 4",
    "time.diff 2",
    "time.format 1",
    "time.parse_duration_ns 1",
    "time.parse_ns 2",
    "time.parse_rfc3339_ns 1",
    "to_number 1",
    "trim 2",
    "units.parse 1",
    "units.parse_bytes 1",
    "uri.parse 1",
    "urlquery.decode_object 1",
    "uuid.parse 1",
    "yaml.unmarshal 1"
  };

  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(2), 1_000_000, 4_000_000, 200, 4_000_000);

  private static final List<Query> QUERIES = queries();

  private BuiltinFuzzer() {}

  private static List<Query> queries() {
    Policy p = new RegoCompiler().compile();
    List<Query> out = new ArrayList<>();
    for (String n : NAMES) {
      int space = n.indexOf(' ');
      List<String> args = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(n.substring(space + 1)); i++) {
        args.add("input[" + i + "]");
      }
      out.add(p.query("x = " + n.substring(0, space) + "(" + String.join(", ", args) + ")"));
    }
    return List.copyOf(out);
  }

  private static Value value(String text) {
    try {
      return Json.parse(text);
    } catch (JsonException e) {
      return RegoString.of(text);
    }
  }

  /** One execution. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    Query q = QUERIES.get((bytes[0] & 0xff) % QUERIES.size());
    String text = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
    List<Value> args = new ArrayList<>();
    for (String part : text.split("\0", 8)) {
      args.add(value(part));
    }
    while (args.size() < 4) {
      args.add(args.getLast());
    }
    try {
      q.evaluate(
          new Evaluation()
              .input(RegoArray.of(args))
              .limits(LIMITS)
              .nanos(System::nanoTime)
              .strictBuiltins(true));
    } catch (RegoException e) {
      // The declared answer to arguments that do not serve.
      if (e.getMessage() == null) {
        throw new IllegalStateException("an error without a message", e);
      }
    }
  }

  /** Writes seeds into a folder: plausible arguments for each built-in. */
  public static void main(String[] args) throws IOException {
    String[] texts = {
      "{\"a\": [1, {\"b\": \"x\"}]}\0[\"a/0\", \"a/1/b\"]\0[]",
      "[{\"op\": \"add\", \"path\": \"/a/-\", \"value\": 3}]",
      "{a(b: [1, $c]) @include(if: true) {... on T {d}}}\0type Query {a(b: [Int]): T} type T {d: ID}",
      "{\"a\": 1}\0{\"type\": \"object\", \"properties\": {\"a\": {\"$ref\": \"#/definitions/x\"}},"
          + " \"definitions\": {\"x\": {\"anyOf\": [{\"minimum\": 2}, {\"enum\": [1]}]}}}",
      "{{range $i, $x := .a}}{{if $i}},{{end}}{{printf \"%v\" $x}}{{end}}\0{\"a\": [1, 2]}",
      "a*(b|c)+?[^d]{2,3}$\0aabcc\0x",
      "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln\0{\"secret\": \"s\", \"alg\": \"HS256\"}",
      "10.0.0.0/8\0[\"10.1.2.3\", \"::1/128\"]",
      "%5.2f %v %#x %[1]d\0[1, \"a\", 3]",
      "2006-01-02T15:04:05Z07:00\0002024-02-29T01:02:03+01:00",
      "a: &x [1, 2]\nb: *x\n",
      "p.rego\0package p\nx contains y if some y in input.a",
      "{\"method\": \"get\", \"url\": \"http://a/b?c\"}\0{\"aws_access_key\": \"k\","
          + " \"aws_secret_access_key\": \"s\", \"aws_service\": \"s3\", \"aws_region\": \"r\"}\00012",
      "MIIBAg==\0-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    };
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (int n = 0; n < NAMES.length; n++) {
      for (int t = 0; t < texts.length; t++) {
        byte[] text = texts[t].getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[text.length + 1];
        all[0] = (byte) n;
        System.arraycopy(text, 0, all, 1, text.length);
        Files.write(folder.resolve("seed-" + n + "-" + t), all);
      }
    }
  }
}
