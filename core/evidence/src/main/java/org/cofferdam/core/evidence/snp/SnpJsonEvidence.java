// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.snp;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * SNP evidence as Confidential Containers guests send it: the report as JSON members, byte strings
 * as arrays of numbers, and the certificates that the host gave.
 *
 * @param report rebuilt byte for byte: its signature covers bytes, not JSON
 * @param certificates DER, in the order given; none where the guest had none
 */
public record SnpJsonEvidence(SnpReport report, List<Bytes> certificates) {
  private static final String FORMAT = "SNP JSON evidence";

  public SnpJsonEvidence {
    certificates = List.copyOf(certificates);
  }

  /** True where the shape fits; {@link #parse} may still refuse it. */
  public static boolean looksLike(Json json) {
    return json instanceof Json.Obj o && o.get("attestation_report").isPresent();
  }

  /**
   * @throws MalformedEvidenceException where a member is missing, out of its range, or unknown to
   *     the report's version
   */
  public static SnpJsonEvidence parse(Json json) {
    Json.Obj o = json.asObject(FORMAT);
    o.only("attestation_report", "cert_chain");
    List<Bytes> certificates = new ArrayList<>();
    Json chain = o.get("cert_chain").orElse(Json.Null.NULL);
    if (chain != Json.Null.NULL) {
      for (Json entry : chain.asArray("cert_chain")) {
        Json.Obj certificate = entry.asObject("cert_chain");
        certificates.add(bytes(certificate, "data", -1));
      }
    }
    return new SnpJsonEvidence(
        SnpReport.parse(report(o.object("attestation_report"))), certificates);
  }

  private static Bytes report(Json.Obj o) {
    Out out = new Out();
    long version = number(o, "version", 0xffff_ffffL);
    out.number(0x000, version, 4);
    out.number(0x004, number(o, "guest_svn", 0xffff_ffffL), 4);
    out.number(0x008, u64(o, "policy"), 8);
    out.bytes(0x010, bytes(o, "family_id", 16));
    out.bytes(0x020, bytes(o, "image_id", 16));
    out.number(0x030, number(o, "vmpl", 0xffff_ffffL), 4);
    out.number(0x034, number(o, "sig_algo", 0xffff_ffffL), 4);
    tcb(out, 0x038, o.object("current_tcb"));
    out.number(0x040, u64(o, "plat_info"), 8);
    out.number(0x048, number(o, "key_info", 0xffff_ffffL), 4);
    out.bytes(0x050, bytes(o, "report_data", 64));
    out.bytes(0x090, bytes(o, "measurement", 48));
    out.bytes(0x0c0, bytes(o, "host_data", 32));
    out.bytes(0x0e0, bytes(o, "id_key_digest", 48));
    out.bytes(0x110, bytes(o, "author_key_digest", 48));
    out.bytes(0x140, bytes(o, "report_id", 32));
    out.bytes(0x160, bytes(o, "report_id_ma", 32));
    tcb(out, 0x180, o.object("reported_tcb"));
    if (version >= 3) {
      out.number(0x188, number(o, "cpuid_fam_id", 0xff), 1);
      out.number(0x189, number(o, "cpuid_mod_id", 0xff), 1);
      out.number(0x18a, number(o, "cpuid_step", 0xff), 1);
    }
    out.bytes(0x1a0, bytes(o, "chip_id", 64));
    tcb(out, 0x1e0, o.object("committed_tcb"));
    firmware(out, 0x1e8, o.object("current"));
    firmware(out, 0x1ec, o.object("committed"));
    tcb(out, 0x1f0, o.object("launch_tcb"));
    if (version >= 5) {
      out.number(0x1f8, u64(o, "launch_mit_vector"), 8);
      out.number(0x200, u64(o, "current_mit_vector"), 8);
    }
    Json.Obj signature = o.object("signature");
    out.bytes(0x2a0, bytes(signature, "r", 72));
    out.bytes(0x2e8, bytes(signature, "s", 72));
    return Bytes.of(out.report);
  }

  /** A member {@code fmc} that is there and not null tells the layout of Turin. */
  private static void tcb(Out out, int at, Json.Obj tcb) {
    boolean turin = tcb.get("fmc").filter(f -> f != Json.Null.NULL).isPresent();
    if (turin) {
      out.number(at, number(tcb, "fmc", 0xff), 1);
    }
    int shift = turin ? 1 : 0;
    out.number(at + shift, number(tcb, "bootloader", 0xff), 1);
    out.number(at + 1 + shift, number(tcb, "tee", 0xff), 1);
    out.number(at + (turin ? 3 : 6), number(tcb, "snp", 0xff), 1);
    out.number(at + 7, number(tcb, "microcode", 0xff), 1);
  }

  private static void firmware(Out out, int at, Json.Obj version) {
    out.number(at, number(version, "build", 0xff), 1);
    out.number(at + 1, number(version, "minor", 0xff), 1);
    out.number(at + 2, number(version, "major", 0xff), 1);
  }

  private static long number(Json.Obj o, String name, long max) {
    long value = o.integer(name);
    if (value < 0 || value > max) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "is not from 0 to " + max);
    }
    return value;
  }

  private static long u64(Json.Obj o, String name) {
    if (o.require(name) instanceof Json.Num n) {
      try {
        return Long.parseUnsignedLong(n.text());
      } catch (NumberFormatException e) {
        throw new MalformedEvidenceException(FORMAT, name, -1, "is no unsigned 64-bit number");
      }
    }
    throw new MalformedEvidenceException(FORMAT, name, -1, "is not a number");
  }

  private static Bytes bytes(Json.Obj o, String name, int length) {
    List<Json> items = o.array(name);
    if (length >= 0 && items.size() != length) {
      throw new MalformedEvidenceException(
          FORMAT, name, -1, "has " + items.size() + " bytes instead of " + length);
    }
    byte[] bytes = new byte[items.size()];
    for (int i = 0; i < bytes.length; i++) {
      long value = items.get(i).asLong(name);
      if (value < 0 || value > 0xff) {
        throw new MalformedEvidenceException(FORMAT, name, i, "is not a byte");
      }
      bytes[i] = (byte) value;
    }
    return Bytes.of(bytes);
  }

  /** The report under construction: whatever no member names stays zero. */
  private static final class Out {
    private final byte[] report = new byte[SnpReport.LENGTH];

    void number(int at, long value, int length) {
      for (int i = 0; i < length; i++) {
        report[at + i] = (byte) (value >>> (8 * i));
      }
    }

    void bytes(int at, Bytes value) {
      System.arraycopy(value.toArray(), 0, report, at, value.length());
    }
  }
}
