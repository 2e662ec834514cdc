// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.nitro;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.cbor.Cbor;
import org.cofferdam.core.bytes.cose.CoseSign1;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Attestation document of the Nitro secure module: a COSE_Sign1 whose payload is a map of text keys
 * ("Verifying the root of trust", AWS Nitro Enclaves user guide). Lengths are checked as AWS states
 * them, with 1024 bytes for user data and nonce, where its text names two limits.
 *
 * @param message the signed message
 * @param moduleId names instance and enclave
 * @param digest always {@code SHA384}
 * @param timestamp milliseconds since 1970
 * @param pcrs 0 to 31, each 32, 48 or 64 bytes; at least one
 * @param tpm true where they are those of NitroTPM
 * @param certificate DER of the key that signed
 * @param caBundle DER, root first
 * @param publicKey chosen by the enclave; null where absent, as the next two
 * @param userData up to 1024 bytes
 * @param nonce up to 1024 bytes
 */
public record NitroDocument(
    CoseSign1 message,
    String moduleId,
    String digest,
    long timestamp,
    SortedMap<Integer, Bytes> pcrs,
    boolean tpm,
    Bytes certificate,
    List<Bytes> caBundle,
    @Nullable Bytes publicKey,
    @Nullable Bytes userData,
    @Nullable Bytes nonce) {

  private static final String FORMAT = "Nitro document";
  private static final Set<String> MEMBERS =
      Set.of(
          "module_id",
          "digest",
          "timestamp",
          "pcrs",
          "nitrotpm_pcrs",
          "certificate",
          "cabundle",
          "public_key",
          "user_data",
          "nonce");
  private static final int MAX_PAYLOAD = 16384;
  private static final int MAX_PCR = 31;

  public NitroDocument {
    pcrs = Collections.unmodifiableSortedMap(new TreeMap<>(pcrs));
    caBundle = List.copyOf(caBundle);
  }

  /**
   * @throws MalformedEvidenceException where a member is missing, unknown, or outside of its limits
   */
  public static NitroDocument parse(Bytes bytes) {
    CoseSign1 message = CoseSign1.parse(FORMAT, bytes);
    if (message.payload().length() == 0 || message.payload().length() > MAX_PAYLOAD) {
      throw malformed("payload", "is empty or longer than " + MAX_PAYLOAD + " bytes");
    }
    Cbor.Dict map = Cbor.parse(FORMAT + " payload", message.payload()).asDict(FORMAT, "payload");
    for (Cbor.Entry entry : map.entries()) {
      if (!MEMBERS.contains(entry.key().asText(FORMAT, "key"))) {
        throw malformed(entry.key().asText(FORMAT, "key"), "is not a member of the document");
      }
    }
    String moduleId = require(map, "module_id").asText(FORMAT, "module_id");
    if (moduleId.isEmpty()) {
      throw malformed("module_id", "is empty");
    }
    String digest = require(map, "digest").asText(FORMAT, "digest");
    if (!digest.equals("SHA384")) {
      throw malformed("digest", "is not SHA384");
    }
    long timestamp = require(map, "timestamp").asLong(FORMAT, "timestamp");
    if (timestamp <= 0) {
      throw malformed("timestamp", "is not positive");
    }
    boolean tpm = map.get("nitrotpm_pcrs").isPresent();
    if (tpm && map.get("pcrs").isPresent()) {
      throw malformed("pcrs", "is there beside nitrotpm_pcrs");
    }
    return new NitroDocument(
        message,
        moduleId,
        digest,
        timestamp,
        pcrs(require(map, tpm ? "nitrotpm_pcrs" : "pcrs")),
        tpm,
        sized(require(map, "certificate"), "certificate", 1),
        caBundle(require(map, "cabundle")),
        optional(map, "public_key", 1),
        optional(map, "user_data", 0),
        optional(map, "nonce", 0));
  }

  /** Every field, by the name of the specification. */
  public Json.Obj fields() {
    Json.Builder registers = Json.object();
    for (Map.Entry<Integer, Bytes> pcr : pcrs.entrySet()) {
      registers.put(Integer.toString(pcr.getKey()), pcr.getValue().hex());
    }
    return Json.object()
        .put("protected", message.protectedHeader().toJson())
        .put("unprotected", message.unprotectedHeader().toJson())
        .put("module_id", moduleId)
        .put("digest", digest)
        .put("timestamp", timestamp)
        .put(tpm ? "nitrotpm_pcrs" : "pcrs", registers.build())
        .put("certificate", certificate.hex())
        .put("cabundle", Json.strings(caBundle.stream().map(Bytes::hex).toList()))
        .put("public_key", hex(publicKey))
        .put("user_data", hex(userData))
        .put("nonce", hex(nonce))
        .put("signature", message.signature().hex())
        .build();
  }

  private static Json hex(@Nullable Bytes bytes) {
    return Json.nullable(bytes == null ? null : bytes.hex());
  }

  private static SortedMap<Integer, Bytes> pcrs(Cbor value) {
    SortedMap<Integer, Bytes> pcrs = new TreeMap<>();
    for (Cbor.Entry entry : value.asDict(FORMAT, "pcrs").entries()) {
      if (!(entry.key() instanceof Cbor.Int index)
          || index.value().signum() < 0
          || index.value().compareTo(BigInteger.valueOf(MAX_PCR)) > 0) {
        throw malformed("pcrs", "has an index outside of 0 to " + MAX_PCR);
      }
      pcrs.put(index.value().intValue(), entry.value().asBytes(FORMAT, "pcrs", 32, 48, 64));
    }
    if (pcrs.isEmpty()) {
      throw malformed("pcrs", "is empty");
    }
    return pcrs;
  }

  private static List<Bytes> caBundle(Cbor value) {
    List<Bytes> bundle = new ArrayList<>();
    for (Cbor item : value.asArray(FORMAT, "cabundle")) {
      bundle.add(sized(item, "cabundle", 1));
    }
    if (bundle.isEmpty()) {
      throw malformed("cabundle", "is empty");
    }
    return bundle;
  }

  /** Absent members come as null from real modules, whatever the text says. */
  private static @Nullable Bytes optional(Cbor.Dict map, String name, int min) {
    Cbor value = map.get(name).orElse(null);
    return value == null || value.isNull() ? null : sized(value, name, min);
  }

  private static Bytes sized(Cbor value, String name, int min) {
    Bytes bytes = value.asBytes(FORMAT, name);
    if (bytes.length() < min || bytes.length() > 1024) {
      throw malformed(name, "has " + bytes.length() + " bytes instead of " + min + " to 1024");
    }
    return bytes;
  }

  private static Cbor require(Cbor.Dict map, String name) {
    return map.get(name).orElseThrow(() -> malformed(name, "is missing"));
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException(FORMAT, field, -1, problem);
  }
}
