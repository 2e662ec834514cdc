// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.measure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.guest.tpm.Tpm;

/**
 * Extends PCRs and appends what it extended to the firmware's log (TCG PC Client PFP, crypto-agile
 * form, sha256 only). Entries are EV_EVENT_TAG as the attestation agent of Confidential Containers
 * writes them: tag {@code AAEL} around the text {@code domain operation content}, with the digest
 * of the whole tagged event.
 */
public final class MeasuredLog {
  /** Domain of all entries. */
  public static final String DOMAIN = "cofferdam.org/pod";

  private static final int INIT_DATA_PCR = 8;
  private static final int POD_PCR = 13;
  private static final int EV_EVENT_TAG = 6;
  private static final int AAEL = 0x4141454c;
  private static final int SHA256 = 0x000b;

  private final Tpm tpm;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  /**
   * @param firmwareLog what the firmware and the kernel's loader recorded
   */
  public MeasuredLog(Tpm tpm, byte[] firmwareLog) {
    this.tpm = tpm;
    log.writeBytes(firmwareLog);
  }

  /**
   * PCR 8 by the convention of Confidential Containers: extended with the digest of the document
   * itself, not of the entry that tells of it.
   */
  public void initData(byte[] document) throws IOException {
    byte[] digest = Digests.sha256(document);
    Json content = Json.object().put("digest", "sha256:" + Hex.encode(digest)).build();
    record(INIT_DATA_PCR, digest, tagged("init-data", content));
  }

  /** PCR 13: one entry about the pod. */
  public void pod(String operation, Json content) throws IOException {
    byte[] event = tagged(operation, content);
    record(POD_PCR, Digests.sha256(event), event);
  }

  /** The firmware's log and all entries since. */
  public byte[] bytes() {
    return log.toByteArray();
  }

  private void record(int pcr, byte[] digest, byte[] event) throws IOException {
    tpm.extend(pcr, digest);
    u32(log, pcr);
    u32(log, EV_EVENT_TAG);
    u32(log, 1);
    log.write(SHA256);
    log.write(0);
    log.writeBytes(digest);
    u32(log, event.length);
    log.writeBytes(event);
  }

  private static byte[] tagged(String operation, Json content) {
    byte[] head = (DOMAIN + " " + operation + " ").getBytes(StandardCharsets.UTF_8);
    byte[] json = content.canonical();
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    u32(event, AAEL);
    u32(event, head.length + json.length);
    event.writeBytes(head);
    event.writeBytes(json);
    return event.toByteArray();
  }

  /** Little endian, as all of the log. */
  private static void u32(ByteArrayOutputStream out, int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(value >>> shift);
    }
  }
}
