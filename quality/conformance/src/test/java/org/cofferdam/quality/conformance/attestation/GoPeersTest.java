// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferdam.core.attestation.BuiltInAnchors;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Report;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.SignatureEngines;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Recorded SNP reports by us and by go-sev-guest, and TDX quotes by us and by go-tdx-guest, built
 * from {@code quality/conformance/go-peers} ({@code go build}, its binary in the system property
 * {@code cofferdam.peer.go}). The peers look at chain and signature here; so do the compared
 * checks.
 */
@Tag("foreign")
class GoPeersTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("cofferdam.shared", "../shared"), "vectors");

  private record Asked(String id, String line, String verdict, boolean proven) {}

  @Test
  void signaturesAndChains() throws Exception {
    String binary = System.getProperty("cofferdam.peer.go", "");
    assumeTrue(!binary.isEmpty() && Files.exists(Path.of(binary)), "the Go peers are not built");
    assumeTrue(Files.exists(VECTORS.resolve("cases.json")), "no recorded evidence");
    Path folder = Files.createTempDirectory("go-peers");
    List<Asked> asked = new ArrayList<>();
    for (Json json : Json.parse(read("cases.json").toArray()).asArray("cases")) {
      Json.Obj one = json.asObject("case");
      if (one.array("evidence").size() != 1) {
        continue;
      }
      switch (one.string("tee")) {
        case "sev-snp" -> snp(one, folder, asked);
        case "tdx" -> tdx(one, asked);
        default -> {
          // The peers know no other kind.
        }
      }
    }
    Map<String, String> answers = ask(binary, folder, asked);
    Map<String, Integer> counts = new TreeMap<>();
    List<String> differences = new ArrayList<>();
    for (Asked one : asked) {
      String error = answers.getOrDefault(one.id(), "no answer");
      String kind = one.line().split("\t", -1)[1];
      counts.merge(
          kind
              + " | recorded "
              + one.verdict()
              + " | we "
              + (one.proven() ? "prove" : "do not prove")
              + " | peer "
              + (error.isEmpty() ? "verifies" : "refuses"),
          1,
          Integer::sum);
      if (one.proven() != error.isEmpty()) {
        differences.add(one.id() + ": we " + one.proven() + ", peer: " + error);
      }
    }
    assertThat(asked).hasSizeGreaterThan(20);
    counts.forEach((what, count) -> System.out.println(count + " | " + what));
    differences.forEach(System.out::println);
  }

  private static void snp(Json.Obj one, Path folder, List<Asked> asked) throws IOException {
    Bytes report = read(one.array("evidence").getFirst().asString("evidence"));
    List<String> collateral =
        one.get("collateral").map(c -> c.asArray("collateral")).orElse(List.of()).stream()
            .map(c -> c.asString("collateral"))
            .toList();
    List<String> veks = collateral.stream().filter(c -> c.matches(".*v[cl]ek[^/]*")).toList();
    List<String> ask = collateral.stream().filter(c -> c.matches(".*as[vk]+k?-[^/]*")).toList();
    List<String> ark = collateral.stream().filter(c -> c.contains("/ark-")).toList();
    if (report.length() != 1184 || veks.size() != 1 || ask.size() != 1 || ark.size() != 1) {
      return;
    }
    Path chain = folder.resolve("chain" + asked.size() + ".pem");
    Files.writeString(chain, text(ask.getFirst()) + "\n" + text(ark.getFirst()));
    Instant at = at(one);
    asked.add(
        new Asked(
            one.string("id"),
            String.join(
                "\t",
                one.string("id"),
                "snp",
                VECTORS.resolve(one.array("evidence").getFirst().asString("e")).toString(),
                Long.toString(at.getEpochSecond()),
                VECTORS.resolve(veks.getFirst()).toString(),
                chain.toString()),
            one.string("verdict"),
            passed(verify(one, at), "snp.vek.chain", "snp.report.signature")));
  }

  private static void tdx(Json.Obj one, List<Asked> asked) throws IOException {
    if (one.get("trust_anchor")
        .filter(Json.Str.class::isInstance)
        .map(a -> a.asString("a").contains("/"))
        .orElse(false)) {
      return;
    }
    Instant at = at(one);
    asked.add(
        new Asked(
            one.string("id"),
            String.join(
                "\t",
                one.string("id"),
                "tdx",
                VECTORS.resolve(one.array("evidence").getFirst().asString("e")).toString(),
                Long.toString(at.getEpochSecond())),
            one.string("verdict"),
            passed(verify(one, at), "dcap.pck.chain", "dcap.quote.signature")));
  }

  private static Instant at(Json.Obj one) {
    return one.get("verification_time")
        .map(t -> Instant.parse(t.asString("verification_time")))
        .orElse(Instant.parse("2025-06-01T00:00:00Z"));
  }

  private static boolean passed(Report report, String... ids) {
    for (String id : ids) {
      List<Check> found = report.checks().stream().filter(c -> c.id().equals(id)).toList();
      if (found.isEmpty() || found.stream().anyMatch(c -> c.outcome() != Outcome.PASSED)) {
        return false;
      }
    }
    return report.checks().stream().noneMatch(c -> c.id().endsWith(".structure"));
  }

  private static Report verify(Json.Obj one, Instant at) throws IOException {
    List<Document> collateral = new ArrayList<>();
    for (Json name : one.get("collateral").map(c -> c.asArray("c")).orElse(List.of())) {
      collateral.add(new Document(name.asString("c"), read(name.asString("c"))));
    }
    String evidence = one.array("evidence").getFirst().asString("evidence");
    return Verifier.create(
            SignatureEngines.fastest(), Endorsements.of(BuiltInAnchors.load(), collateral))
        .verify(
            new Evidence(List.of(new Document(evidence, read(evidence)))),
            Expectations.at(at, Policy.genuine()))
        .report();
  }

  private static Map<String, String> ask(String binary, Path folder, List<Asked> asked)
      throws Exception {
    StringBuilder lines = new StringBuilder();
    asked.forEach(a -> lines.append(a.line()).append('\n'));
    Path input = Files.writeString(folder.resolve("in"), lines);
    Process process =
        new ProcessBuilder(binary)
            .redirectInput(input.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    Map<String, String> answers = new TreeMap<>();
    for (String line : out.split("\n", -1)) {
      String[] parts = line.split("\t", -1);
      if (parts.length == 2) {
        answers.put(parts[0], parts[1]);
      }
    }
    return answers;
  }

  private static String text(String file) throws IOException {
    return Files.readString(VECTORS.resolve(file));
  }

  private static Bytes read(String file) throws IOException {
    return Bytes.of(Files.readAllBytes(VECTORS.resolve(file)));
  }
}
