// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.gramine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Digests;

/**
 * Computes MRENCLAVE as the processor does while Gramine's loader builds the enclave: SHA-256 over
 * one record of 64 bytes for ECREATE, one for every EADD, and one, followed by 256 bytes of
 * content, for every EEXTEND (SDM vol. 3D, ECREATE, EADD and EEXTEND). The enclave starts at
 * address 0, areas are stacked down from its end, each is measured before the next.
 */
public final class EnclaveMeasurement {
  private static final int PAGE = 4096;
  private static final int CHUNK = 256;
  private static final int SSA_FRAMES = 2;

  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int EXECUTE = 4;
  private static final int TCS = 0x100;
  private static final int REGULAR = 0x200;

  private static final byte[] EMPTY = new byte[PAGE];

  private final RuntimeProfile profile;
  private final EnclaveSettings settings;
  private final MessageDigest digest = Digests.start("SHA-256");
  private long top;

  private EnclaveMeasurement(RuntimeProfile profile, EnclaveSettings settings) {
    this.profile = profile;
    this.settings = settings;
    this.top = settings.size();
  }

  /**
   * @param manifest the expanded manifest, byte for byte as it is shipped
   * @return MRENCLAVE, 32 bytes
   * @throws IllegalArgumentException where the areas do not fit into the enclave
   */
  public static Bytes mrEnclave(
      byte[] manifest, EnclaveSettings settings, PalImage pal, RuntimeProfile profile) {
    EnclaveMeasurement enclave = new EnclaveMeasurement(profile, settings);
    enclave.build(manifest, pal);
    return Bytes.of(enclave.digest.digest());
  }

  private void build(byte[] manifest, PalImage pal) {
    create();
    int threads = settings.threads();
    long manifestSize = manifest.length + 1L;
    long manifestAt = down(pages(manifestSize));
    long ssaBytes = (long) SSA_FRAMES * profile.ssaFramePages() * PAGE;
    long ssa = down(threads * ssaBytes / PAGE);
    long tcs = down(threads);
    long tls = down(threads);
    long[] stacks = new long[threads];
    long[] signalStacks = new long[threads];
    for (int t = 0; t < threads; t++) {
      stacks[t] = down(profile.stackPages());
    }
    for (int t = 0; t < threads; t++) {
      signalStacks[t] = down(profile.signalStackPages());
    }
    long palAt = down(pal.span() / PAGE);
    if (palAt < profile.heapStart()) {
      throw new IllegalArgumentException(
          "sgx.enclave_size is too small for " + threads + " threads and the manifest");
    }

    content(manifestAt, manifest, pages(manifestSize), READ);
    zeros(ssa, threads * ssaBytes / PAGE);
    for (int t = 0; t < threads; t++) {
      byte[] page = tcs(ssa + t * ssaBytes, palAt + pal.entry(), tls + (long) t * PAGE);
      page(tcs + (long) t * PAGE, TCS, page);
    }
    for (int t = 0; t < threads; t++) {
      RuntimeProfile.TlsLayout at = profile.tls();
      long frame = ssa + t * ssaBytes;
      ByteBuffer page = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
      page.putLong(at.self(), tls + (long) t * PAGE);
      page.putLong(at.canary(), at.canaryValue());
      page.putLong(at.enclaveSize(), settings.size());
      page.putLong(at.tcs(), tcs + (long) t * PAGE);
      page.putLong(at.stackTop(), stacks[t] + (long) profile.stackPages() * PAGE);
      page.putLong(at.signalStackLow(), signalStacks[t]);
      page.putLong(
          at.signalStackHigh(), signalStacks[t] + (long) profile.signalStackPages() * PAGE);
      page.putLong(at.ssa(), frame);
      page.putLong(at.gpr(), frame + (long) profile.ssaFramePages() * PAGE - profile.gprSize());
      page.putLong(at.manifestSize(), manifestSize);
      page.putLong(at.heapMin(), profile.heapStart());
      page.putLong(at.heapMax(), palAt);
      page(tls + (long) t * PAGE, REGULAR | READ | WRITE, page.array());
    }
    for (long stack : stacks) {
      zeros(stack, profile.stackPages());
    }
    for (long stack : signalStacks) {
      zeros(stack, profile.signalStackPages());
    }
    for (PalImage.Segment segment : pal.segments()) {
      segment(palAt, segment);
    }
    if (!settings.edmm()) {
      for (long at = profile.heapStart(); at < palAt; at += PAGE) {
        add(at, REGULAR | READ | WRITE | EXECUTE);
      }
    }
  }

  private long down(long pages) {
    top -= pages * PAGE;
    return top;
  }

  private static long pages(long bytes) {
    return (bytes + PAGE - 1) / PAGE;
  }

  private byte[] tcs(long ssa, long entry, long tls) {
    ByteBuffer page = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    page.putLong(0x10, ssa);
    page.putInt(0x1c, SSA_FRAMES);
    page.putLong(0x20, entry);
    page.putLong(0x38, tls);
    page.putInt(0x40, 0xfff);
    page.putInt(0x44, 0xfff);
    return page.array();
  }

  private void segment(long base, PalImage.Segment segment) {
    int flags =
        REGULAR
            | (segment.readable() ? READ : 0)
            | (segment.writable() ? WRITE : 0)
            | (segment.executable() ? EXECUTE : 0);
    byte[] memory = new byte[Math.toIntExact(segment.endPage() - segment.firstPage())];
    byte[] content = segment.content().toArray();
    System.arraycopy(
        content,
        0,
        memory,
        Math.toIntExact(segment.address() - segment.firstPage()),
        content.length);
    content(base + segment.firstPage(), memory, memory.length / PAGE, flags & ~REGULAR);
  }

  private void zeros(long at, long count) {
    for (long i = 0; i < count; i++) {
      page(at + i * PAGE, REGULAR | READ | WRITE, EMPTY);
    }
  }

  private void content(long at, byte[] bytes, long count, int permissions) {
    for (int i = 0; i < count; i++) {
      byte[] page = new byte[PAGE];
      int from = i * PAGE;
      System.arraycopy(bytes, from, page, 0, Math.min(PAGE, Math.max(0, bytes.length - from)));
      page(at + from, REGULAR | permissions, page);
    }
  }

  private void create() {
    ByteBuffer record = record("ECREATE");
    record.putInt(profile.ssaFramePages()).putLong(settings.size());
    digest.update(record.rewind());
  }

  private void add(long at, int flags) {
    ByteBuffer record = record("EADD");
    record.putLong(at).putLong(flags);
    digest.update(record.rewind());
  }

  private void page(long at, int flags, byte[] content) {
    add(at, flags);
    for (int offset = 0; offset < PAGE; offset += CHUNK) {
      ByteBuffer record = record("EEXTEND");
      record.putLong(at + offset);
      digest.update(record.rewind());
      digest.update(content, offset, CHUNK);
    }
  }

  private static ByteBuffer record(String name) {
    ByteBuffer record = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    record.put(name.getBytes(StandardCharsets.US_ASCII));
    record.position(8);
    return record;
  }
}
