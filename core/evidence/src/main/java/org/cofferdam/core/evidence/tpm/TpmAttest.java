// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.tpm;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;

/**
 * TPMS_ATTEST of type TPM_ST_ATTEST_QUOTE (Part 2 §10.12.12): magic 4, type 2, qualifiedSigner
 * TPM2B, extraData TPM2B, clockInfo 17, firmwareVersion 8, then TPMS_QUOTE_INFO.
 *
 * @param encoded all of it: what the signature covers
 * @param qualifiedSigner name of the signing key, qualified by its parents
 * @param extraData the challenge
 * @param clock milliseconds since the TPM was manufactured, unsigned
 * @param resetCount unsigned
 * @param restartCount unsigned
 * @param safe true where clock cannot have gone back
 * @param firmwareVersion unsigned, chosen by the TPM's vendor
 * @param selections in the order quoted
 * @param pcrDigest hash of the selected values, with the hash of the signing scheme
 */
public record TpmAttest(
    Bytes encoded,
    Bytes qualifiedSigner,
    Bytes extraData,
    long clock,
    long resetCount,
    long restartCount,
    boolean safe,
    long firmwareVersion,
    List<PcrSelection> selections,
    Bytes pcrDigest) {
  private static final String FORMAT = "TPMS_ATTEST";
  private static final long MAGIC = 0xff544347L;
  private static final int QUOTE = 0x8018;
  private static final int MOST_BANKS = 16;

  public TpmAttest {
    selections = List.copyOf(selections);
  }

  /**
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException on anything but one whole quote
   */
  public static TpmAttest parse(Bytes encoded) {
    ByteReader reader = encoded.reader(FORMAT);
    if (reader.u32be("magic") != MAGIC) {
      throw reader.malformed("magic", "is not TPM_GENERATED_VALUE");
    }
    if (reader.u16be("type") != QUOTE) {
      throw reader.malformed("type", "is not TPM_ST_ATTEST_QUOTE");
    }
    Bytes signer = Tpm2b.read(reader, "qualifiedSigner", 66);
    Bytes extra = Tpm2b.read(reader, "extraData", 66);
    long clock = reader.u64be("clock");
    long resets = reader.u32be("resetCount");
    long restarts = reader.u32be("restartCount");
    int safe = reader.u8("safe");
    if (safe > 1) {
      throw reader.malformed("safe", "is neither YES nor NO");
    }
    long firmware = reader.u64be("firmwareVersion");
    List<PcrSelection> selections = selections(reader);
    Bytes digest = Tpm2b.read(reader, "pcrDigest", 64);
    reader.end("pcrDigest");
    return new TpmAttest(
        encoded, signer, extra, clock, resets, restarts, safe == 1, firmware, selections, digest);
  }

  private static List<PcrSelection> selections(ByteReader reader) {
    long count = reader.u32be("pcrSelect.count");
    if (count > MOST_BANKS) {
      throw reader.malformed("pcrSelect.count", "is above " + MOST_BANKS);
    }
    List<PcrSelection> selections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = reader.u16be("pcrSelect.hash");
      TpmHash hash =
          TpmHash.ofId(id)
              .orElseThrow(
                  () -> reader.malformed("pcrSelect.hash", "is unknown: 0x%04x".formatted(id)));
      byte[] bitmap = reader.bytes("pcrSelect.pcrSelect", reader.u8("pcrSelect.sizeofSelect"));
      TreeSet<Integer> pcrs = new TreeSet<>();
      for (int pcr = 0; pcr < bitmap.length * 8; pcr++) {
        if ((bitmap[pcr / 8] & (1 << (pcr % 8))) != 0) {
          pcrs.add(pcr);
        }
      }
      selections.add(new PcrSelection(hash, pcrs));
    }
    return selections;
  }

  /** Every field by its name in the specification. */
  public Json.Obj fields() {
    return Json.object()
        .put("magic", "ff544347")
        .put("type", "8018")
        .put("qualifiedSigner", qualifiedSigner.hex())
        .put("extraData", extraData.hex())
        .put("clock", new Json.Num(Long.toUnsignedString(clock)))
        .put("resetCount", resetCount)
        .put("restartCount", restartCount)
        .put("safe", safe ? 1 : 0)
        .put("firmwareVersion", new Json.Num(Long.toUnsignedString(firmwareVersion)))
        .put(
            "pcrSelect",
            Json.array(
                selections.stream()
                    .map(
                        s ->
                            Json.object()
                                .put("hash", s.hash().bank())
                                .put("pcrs", Json.array(s.pcrs().stream().map(Json::of).toList()))
                                .build())
                    .toList()))
        .put("pcrDigest", pcrDigest.hex())
        .build();
  }
}
