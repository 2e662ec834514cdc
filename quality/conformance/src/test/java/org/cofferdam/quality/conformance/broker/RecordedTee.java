// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;

/**
 * Evidence of a real machine, recorded.
 *
 * @param id of the case
 * @param wire name of the TEE in the protocol
 * @param bytes as recorded
 * @param json as a guest would send it; empty where guests send another form
 * @param at when it was good
 * @param nonce the challenge that it carries, hex; empty where that is whatever it says itself
 * @param beside what has to come with it, by file name
 * @param anchor of a platform without a published root, by file name
 */
record RecordedTee(
    String id,
    String wire,
    Bytes bytes,
    String json,
    String at,
    String nonce,
    Map<String, byte[]> beside,
    Map<String, byte[]> anchor) {
  private static final Path VECTORS =
      Path.of(System.getProperty("cofferdam.shared", "../shared"), "vectors");

  static boolean areThere() {
    return Files.exists(VECTORS.resolve("cases.json"));
  }

  /** One of each TEE, those together that one folder of collateral serves. */
  static List<List<RecordedTee>> groups() throws IOException {
    Map<String, Json.Obj> cases = new HashMap<>();
    for (Json c : Json.parse(Files.readAllBytes(VECTORS.resolve("cases.json"))).asArray("cases")) {
      cases.put(c.asObject("case").string("id"), c.asObject("case"));
    }
    return List.of(
        List.of(of(cases, "azure-tdx-vtpm/trustee-v1", "az-tdx-vtpm")),
        List.of(
            of(cases, "sgx/dcap-qvl-sample#ConfigurationAndSWHardeningNeeded-2025-07-04", "sgx"),
            of(cases, "tdx/gcp-cos113#UpToDate-2025-06-11", "tdx"),
            of(cases, "sev-snp/veraison-genoa-v3", "snp"),
            of(cases, "azure-snp-vtpm/trustee-v2", "az-snp-vtpm"),
            of(cases, "cca/trustee-example", "cca"),
            of(cases, "cove/good", "cove"),
            of(cases, "nitro/dstack-attest", "nitro"),
            of(cases, "tpm/trustee-tpm-evidence", "tpm")));
  }

  private static RecordedTee of(Map<String, Json.Obj> cases, String id, String wire)
      throws IOException {
    Json.Obj c = Objects.requireNonNull(cases.get(id), id);
    byte[] bytes = read(c.array("evidence").getFirst().asString("evidence"));
    Map<String, byte[]> beside = new HashMap<>();
    for (Json file : c.get("collateral").map(l -> l.asArray("collateral")).orElse(List.of())) {
      String name = file.asString("collateral");
      beside.put(name.replace('/', '-'), read(name));
    }
    Map<String, byte[]> anchor = new HashMap<>();
    String trust =
        c.get("trust_anchor")
            .filter(a -> a instanceof Json.Str)
            .map(a -> a.asString("trust_anchor"))
            .orElse("");
    if (Files.isRegularFile(VECTORS.resolve(trust))) {
      anchor.put(trust.replace('/', '-'), read(trust));
    }
    Json.Obj inputs = c.get("inputs").map(i -> i.asObject("inputs")).orElse(Json.object().build());
    return new RecordedTee(
        id,
        wire,
        Bytes.of(bytes),
        json(wire, bytes),
        c.get("verification_time")
            .map(t -> t.asString("verification_time"))
            .orElse("2026-11-01T00:00:00Z"),
        inputs
            .get("nonce")
            .or(() -> inputs.get("challenge"))
            .map(n -> n.asString("nonce"))
            .orElse(""),
        beside,
        anchor);
  }

  private static String json(String wire, byte[] bytes) {
    String base64 = Base64.getEncoder().encodeToString(bytes);
    return switch (wire) {
      case "sgx", "tdx" -> "{\"quote\":\"" + base64 + "\"}";
      case "cove" -> "{\"token\":\"" + base64 + "\"}";
      case "nitro" -> "{\"document\":\"" + base64 + "\"}";
      case "cca" -> {
        List<String> numbers = new ArrayList<>();
        for (byte b : bytes) {
          numbers.add(Integer.toString(b & 0xff));
        }
        yield "{\"token\":[" + String.join(",", numbers) + "]}";
      }
      case "snp" -> "";
      default -> new String(bytes, StandardCharsets.UTF_8);
    };
  }

  private static byte[] read(String name) throws IOException {
    return Files.readAllBytes(VECTORS.resolve(name));
  }

  @Override
  public String toString() {
    return id;
  }
}
