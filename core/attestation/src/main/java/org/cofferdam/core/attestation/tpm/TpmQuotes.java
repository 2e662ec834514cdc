// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.tpm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.Rules;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.PublicKeyInfo;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.evidence.eventlog.EventReplay;
import org.cofferdam.core.evidence.eventlog.RuntimeLog;
import org.cofferdam.core.evidence.tpm.PcrSelection;
import org.cofferdam.core.evidence.tpm.TpmAttest;
import org.cofferdam.core.evidence.tpm.TpmHash;
import org.cofferdam.core.evidence.tpm.TpmSignature;

/**
 * Signature, challenge, register values and event log of quotes under one key. Whether the key may
 * be trusted is for the caller.
 */
final class TpmQuotes {
  private static final String FORMAT = "TPM evidence";

  private final FormatVerifier.Context context;
  private final Findings findings;

  TpmQuotes(FormatVerifier.Context context) {
    this.context = context;
    this.findings = context.findings();
  }

  /** True where everything held; claims are published only then. */
  boolean verify(TpmMaterial material, TpmVerifier.TpmKey key) {
    if (material.quotes().isEmpty()) {
      throw new MalformedEvidenceException(FORMAT, "quote", -1, "is missing");
    }
    SortedMap<TpmHash, SortedMap<Integer, Bytes>> quoted = new TreeMap<>();
    List<TpmAttest> attests = new ArrayList<>();
    for (Bytes encoded : material.quotes()) {
      TpmAttest attest = TpmAttest.parse(encoded);
      attests.add(attest);
      Optional<TpmSignature> signature = signature(attest, material, key.spki());
      if (signature.isEmpty()
          || !nonce(attest)
          || !registers(attest, signature.get(), material, quoted)) {
        return false;
      }
    }
    if (!findings.check(
        TpmRules.BANK,
        quoted.keySet().stream().anyMatch(bank -> bank != TpmHash.SHA1),
        "a bank stronger than SHA-1",
        String.join(", ", quoted.keySet().stream().map(TpmHash::bank).toList()))) {
      return false;
    }
    Optional<EventLog> log = log(material, quoted);
    if (findings.proofFailed()) {
      return false;
    }
    claims(attests.getFirst(), key, quoted);
    log.ifPresent(
        l -> {
          Set<Integer> proven = replayed(l, quoted);
          LogClaims.publish(l, proven, findings);
          LogClaims.runtime(runtimeLogs(material), proven, findings);
        });
    return true;
  }

  private Optional<TpmSignature> signature(TpmAttest attest, TpmMaterial material, Bytes spki) {
    int width =
        switch (PublicKeyInfo.curve(spki)) {
          case PublicKeyInfo.P256 -> 32;
          case PublicKeyInfo.P384 -> 48;
          default -> 0;
        };
    Optional<TpmSignature> found = Optional.empty();
    for (Bytes encoded : material.signatures()) {
      TpmSignature signature = TpmSignature.parse(encoded);
      if (context
          .signatures()
          .verify(
              signature.algorithm(width),
              spki,
              attest.encoded().toArray(),
              signature.value(width))) {
        found = Optional.of(signature);
      }
    }
    findings.check(
        TpmRules.SIGNATURE,
        found.isPresent(),
        "a signature over the quote by the attestation key",
        found.isPresent() ? "verified" : "none of " + material.signatures().size() + " verifies");
    return found;
  }

  private boolean nonce(TpmAttest attest) {
    Bytes nonce = context.expectations().nonce();
    if (nonce == null) {
      findings.check(Rules.NONCE_GIVEN, false, "a challenge", "none given");
      return true;
    }
    return findings.check(
        Rules.NONCE, nonce.equals(attest.extraData()), nonce.hex(), attest.extraData().hex());
  }

  /** The values sent are those that the quote covers; only they are kept. */
  private boolean registers(
      TpmAttest attest,
      TpmSignature signature,
      TpmMaterial material,
      SortedMap<TpmHash, SortedMap<Integer, Bytes>> quoted) {
    List<Bytes> values = new ArrayList<>();
    for (PcrSelection selection : attest.selections()) {
      Map<Integer, Bytes> sent = material.pcrs().getOrDefault(selection.hash().size(), Map.of());
      for (int pcr : selection.pcrs()) {
        Bytes value = sent.get(pcr);
        if (value == null) {
          return findings.check(
              TpmRules.PCR_DIGEST, false, "a value for every quoted PCR", "PCR " + pcr + " absent");
        }
        values.add(value);
        quoted.computeIfAbsent(selection.hash(), h -> new TreeMap<>()).put(pcr, value);
      }
    }
    Bytes digest = signature.hash().digest(values.toArray(Bytes[]::new));
    return findings.check(
        TpmRules.PCR_DIGEST,
        !values.isEmpty() && digest.equals(attest.pcrDigest()),
        attest.pcrDigest().hex(),
        digest.hex());
  }

  /** The log, where it replays to the quoted registers in every bank that it has. */
  private Optional<EventLog> log(
      TpmMaterial material, SortedMap<TpmHash, SortedMap<Integer, Bytes>> quoted) {
    Bytes encoded = material.eventLog();
    if (encoded == null) {
      findings.notSupplied(TpmRules.LOG_GIVEN, "the event log");
      return Optional.empty();
    }
    EventLog log = EventLog.parse(encoded);
    boolean replayed = false;
    for (Map.Entry<TpmHash, SortedMap<Integer, Bytes>> bank : quoted.entrySet()) {
      if (EventReplay.has(log, bank.getKey())) {
        if (!replay(log, runtimeLogs(material), bank.getKey(), bank.getValue())) {
          return Optional.empty();
        }
        replayed |= bank.getKey() != TpmHash.SHA1;
      }
    }
    if (!replayed) {
      findings.check(TpmRules.LOG_REPLAY, false, "digests of a quoted bank in every event", "none");
      return Optional.empty();
    }
    return Optional.of(log);
  }

  /** The registers that a log replayed to in a bank that counts; of others it proves nothing. */
  private static Set<Integer> replayed(
      EventLog log, SortedMap<TpmHash, SortedMap<Integer, Bytes>> quoted) {
    Set<Integer> registers = new TreeSet<>();
    quoted.forEach(
        (bank, values) -> {
          if (bank != TpmHash.SHA1 && EventReplay.has(log, bank)) {
            registers.addAll(values.keySet());
          }
        });
    return registers;
  }

  private static List<RuntimeLog> runtimeLogs(TpmMaterial material) {
    return material.runtimeLogs().stream().map(RuntimeLog::parse).toList();
  }

  private boolean replay(
      EventLog log, List<RuntimeLog> runtime, TpmHash bank, SortedMap<Integer, Bytes> quoted) {
    SortedMap<Integer, Bytes> registers = EventReplay.registers(log, bank);
    for (RuntimeLog later : runtime) {
      Optional<SortedMap<Integer, Bytes>> extended = later.extend(bank, registers);
      if (extended.isEmpty()) {
        return findings.check(
            TpmRules.LOG_REPLAY,
            false,
            "digests of bank " + bank.bank() + " in every entry of the log " + later.format(),
            "an entry without one");
      }
      registers = extended.get();
    }
    SortedMap<Integer, Bytes> replayed = registers;
    TreeSet<String> wrong = new TreeSet<>();
    quoted.forEach(
        (pcr, value) -> {
          Bytes expected = replayed.getOrDefault(pcr, EventReplay.reset(bank, pcr));
          // IMA goes on extending PCR 10 in a log of its own.
          if (!expected.equals(value) && !(pcr == 10 && !replayed.containsKey(10))) {
            wrong.add("PCR " + pcr + " replays to " + expected.hex());
          }
        });
    return findings.check(
        TpmRules.LOG_REPLAY,
        wrong.isEmpty(),
        "the quoted registers of bank " + bank.bank(),
        wrong.isEmpty() ? "the same" : String.join("; ", wrong));
  }

  private void claims(
      TpmAttest attest,
      TpmVerifier.TpmKey key,
      SortedMap<TpmHash, SortedMap<Integer, Bytes>> quoted) {
    Json.Builder banks = Json.object();
    quoted.forEach(
        (bank, values) -> {
          Json.Builder registers = Json.object();
          values.forEach((pcr, value) -> registers.put(Integer.toString(pcr), value.hex()));
          banks.put(bank.bank(), registers.build());
        });
    Json.Builder tpm =
        Json.object()
            .put("pcrs", banks.build())
            .put("firmware-version", Long.toUnsignedString(attest.firmwareVersion()))
            .put("clock", new Json.Num(Long.toUnsignedString(attest.clock())))
            .put("reset-count", attest.resetCount())
            .put("restart-count", attest.restartCount())
            .put("safe", attest.safe())
            .put("extra-data", attest.extraData().hex())
            .put("attestation-key", key.spki().sha256().hex());
    findings.claim("tpm", tpm.build());
  }
}
