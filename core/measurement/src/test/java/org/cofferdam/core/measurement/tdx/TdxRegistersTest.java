// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.tdx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.evidence.eventlog.Event;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.evidence.eventlog.EventReplay;
import org.cofferdam.core.evidence.tpm.TpmHash;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Registers of a real machine, and a firmware made for the test. */
class TdxRegistersTest {
  private static final Path LOG =
      Path.of(
          System.getProperty("cofferdam.shared", "../shared"),
          "vectors",
          "eventlog",
          "ccel-trustee-ovmf.bin");

  @Test
  void registersOfAKataGuestFromItsOwnLog() throws Exception {
    Assumptions.assumeTrue(Files.exists(LOG), "the vectors are not here: " + LOG);
    EventLog log = EventLog.parse(Bytes.of(Files.readAllBytes(LOG)));
    SortedMap<Integer, Bytes> replayed = EventReplay.registers(log, TpmHash.SHA384);
    Bytes volume = digests(log, 0x8000000aL).getFirst();
    assertThat(Hex.encode(TdxRegisters.rtmr0(TdxRegisters.Shape.learned(log), volume.toArray())))
        .isEqualTo(value(replayed, 1));
    Bytes kernel = digests(log, 0x80000003L).getFirst();
    assertThat(Hex.encode(TdxRegisters.rtmr1(kernel.toArray()))).isEqualTo(value(replayed, 2));
    List<byte[]> options = digests(log, 6L).stream().map(Bytes::toArray).toList();
    assertThat(Hex.encode(TdxRegisters.register(options))).isEqualTo(value(replayed, 3));
  }

  @Test
  void theCommandLineIsMeasuredWithItsInitrd() {
    byte[] initrd = {1, 2, 3};
    byte[] options = Digests.sha384("a=b initrd=initrd\0".getBytes(StandardCharsets.UTF_16LE));
    assertThat(TdxRegisters.rtmr2("a=b", initrd))
        .isEqualTo(TdxRegisters.register(List.of(options, Digests.sha384(initrd))));
    assertThat(TdxRegisters.rtmr2("a=b", new byte[0]))
        .isEqualTo(
            TdxRegisters.register(
                List.of(Digests.sha384("a=b\0".getBytes(StandardCharsets.UTF_16LE)))));
  }

  @Test
  void mrtdIsOverWhatTheMetadataAsksFor() {
    byte[] image = firmware(1, 0);
    byte[] boot = Mrtd.of(image, Mrtd.Order.PAGE_BY_PAGE);
    assertThat(boot).isNotEqualTo(Mrtd.of(image, Mrtd.Order.ALL_THEN_EXTEND));
    byte[] changed = image.clone();
    changed[0] ^= 1;
    assertThat(Mrtd.of(changed, Mrtd.Order.PAGE_BY_PAGE)).isNotEqualTo(boot);
    byte[] configuration = firmware(0, 0);
    changed = configuration.clone();
    changed[0] ^= 1;
    assertThat(Mrtd.of(changed, Mrtd.Order.PAGE_BY_PAGE))
        .as("a section that is added and not extended")
        .isEqualTo(Mrtd.of(configuration, Mrtd.Order.PAGE_BY_PAGE));
  }

  /** The operations one by one, for the smallest case. */
  @Test
  void mrtdOfTwoPagesByHand() {
    byte[] image = firmware(1, 0);
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (int page = 0; page < 2; page++) {
      long at = 0xffffe000L + page * 4096L;
      all.writeBytes(record("MEM.PAGE.ADD", at));
      for (int chunk = 0; chunk < 16; chunk++) {
        all.writeBytes(record("MR.EXTEND", at + chunk * 256L));
        all.write(image, page * 4096 + chunk * 256, 256);
      }
    }
    assertThat(Mrtd.of(image, Mrtd.Order.PAGE_BY_PAGE))
        .isEqualTo(Digests.sha384(all.toByteArray()));
  }

  @Test
  void firmwareForOtherMachinesIsRefused() {
    assertThatThrownBy(() -> Mrtd.of(new byte[8192], Mrtd.Order.PAGE_BY_PAGE))
        .isInstanceOf(MalformedEvidenceException.class);
    assertThatThrownBy(() -> Mrtd.of(firmware(1, 4096), Mrtd.Order.PAGE_BY_PAGE))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("outside the image");
  }

  private static byte[] record(String name, long gpa) {
    return ByteBuffer.allocate(128)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .putLong(16, gpa)
        .array();
  }

  /** Two pages with one section over all of them. */
  private static byte[] firmware(int attributes, int offset) {
    ByteBuffer image = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
    image.position(4096);
    image.put("TDVF".getBytes(StandardCharsets.US_ASCII)).putInt(48).putInt(1).putInt(1);
    image.putInt(offset).putInt(8192).putLong(0xffffe000L).putLong(8192).putInt(0);
    image.putInt(attributes);
    int footer = 8192 - 32 - 18;
    image.putInt(footer - 22, 4096).putShort(footer - 18, (short) 22);
    guid(image, footer - 16, "e47a6535-984a-4798-865e-4685a7bf8ec2");
    image.putShort(footer, (short) 40);
    guid(image, footer + 2, "96b582de-1fb2-45f7-baea-a366c55a082d");
    return image.array();
  }

  private static void guid(ByteBuffer image, int at, String text) {
    java.util.UUID guid = java.util.UUID.fromString(text);
    long high = guid.getMostSignificantBits();
    image
        .putInt(at, (int) (high >>> 32))
        .putShort(at + 4, (short) (high >>> 16))
        .putShort(at + 6, (short) high);
    image.order(ByteOrder.BIG_ENDIAN).putLong(at + 8, guid.getLeastSignificantBits());
    image.order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<Bytes> digests(EventLog log, long type) {
    return log.events().stream()
        .filter(e -> e.type() == type)
        .map(Event::digests)
        .map(d -> java.util.Objects.requireNonNull(d.get(TpmHash.SHA384)))
        .toList();
  }

  private static String value(SortedMap<Integer, Bytes> registers, int index) {
    return java.util.Objects.requireNonNull(registers.get(index)).hex();
  }
}
