// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.gramine;

/**
 * What one revision of Gramine's loader fixes: sizes in pages, and where the thread-local structure
 * has its fields. Another revision gets another profile.
 *
 * @param ssaFramePages pages of one SSA frame; each thread has two
 * @param stackPages pages of a thread's stack
 * @param signalStackPages pages of a thread's signal stack
 * @param heapStart lowest address of memory that is added before the platform layer
 * @param gprSize bytes of GPRSGX at the end of an SSA frame
 */
public record RuntimeProfile(
    String name,
    int ssaFramePages,
    int stackPages,
    int signalStackPages,
    long heapStart,
    int gprSize,
    TlsLayout tls) {

  /** Offsets in a thread's TLS page, each of a u64, and the stack canary that is put there. */
  public record TlsLayout(
      int self,
      int canary,
      long canaryValue,
      int enclaveSize,
      int tcs,
      int stackTop,
      int signalStackLow,
      int signalStackHigh,
      int ssa,
      int gpr,
      int manifestSize,
      int heapMin,
      int heapMax) {}

  /** Gramine 1.9, and its main branch up to June 2025. */
  public static final RuntimeProfile GRAMINE_1_9 =
      new RuntimeProfile(
          "gramine-1.9",
          4,
          64,
          16,
          0x10000,
          0xb8,
          new TlsLayout(
              0x0,
              0x8,
              0xbadbadbadbadL,
              0x110,
              0x118,
              0x120,
              0x130,
              0x138,
              0x148,
              0x150,
              0x1a0,
              0x1a8,
              0x1b0));
}
