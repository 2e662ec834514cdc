// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.nvidia;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * GET_MEASUREMENTS request and MEASUREMENTS response of SPDM 1.1 (DSP0274) in one piece, as
 * NVIDIA's drivers give it. Little endian. The request is 37 bytes: version, code, two parameters,
 * nonce, slot; the response follows.
 *
 * @param raw request, response and signature, without padding
 * @param requestParam2 which measurements were asked for; 0xff is all
 * @param requestNonce offset 4, 32 bytes
 * @param slot offset 36: which certificate chain signs
 * @param responseParam1 offset 39
 * @param responseParam2 offset 40
 * @param measurements by block index from 1; each of DMTF form
 * @param responderNonce 32 bytes
 * @param opaque fields in order, vendor's own
 * @param signature r then s, 48 bytes each, big endian
 * @param padding bytes after the signature, of which the signature says nothing; zero or one
 */
public record NvidiaReport(
    Bytes raw,
    int requestParam1,
    int requestParam2,
    Bytes requestNonce,
    int slot,
    int responseParam1,
    int responseParam2,
    SortedMap<Integer, Measurement> measurements,
    Bytes responderNonce,
    List<Opaque> opaque,
    Bytes signature,
    int padding) {

  private static final String FORMAT = "NVIDIA SPDM report";
  private static final int SPDM_VERSION = 0x11;
  private static final int REQUEST = 0xe0;
  private static final int RESPONSE = 0x60;
  private static final int SIGNATURE_LENGTH = 96;

  /**
   * @param type DMTF measurement value type, bit 7 set for a raw bit stream
   * @param value the digest or bytes
   */
  public record Measurement(int type, Bytes value) {}

  /**
   * @param type see {@link OpaqueField}
   */
  public record Opaque(int type, Bytes value) {}

  public NvidiaReport {
    measurements = Collections.unmodifiableSortedMap(new TreeMap<>(measurements));
    opaque = List.copyOf(opaque);
  }

  /** True where version and codes stand where they must. */
  public static boolean looksLike(Bytes bytes) {
    return bytes.length() > 42
        && bytes.at(0) == SPDM_VERSION
        && bytes.at(1) == REQUEST
        && bytes.at(37) == SPDM_VERSION
        && bytes.at(38) == RESPONSE;
  }

  /**
   * One zero byte may follow the signature, since a real driver's buffer has it.
   *
   * @throws MalformedEvidenceException on any other length, version, code or block form
   */
  public static NvidiaReport parse(Bytes bytes) {
    ByteReader in = bytes.reader(FORMAT);
    constant(in, "request version", SPDM_VERSION);
    constant(in, "request code", REQUEST);
    int requestParam1 = in.u8("request param1");
    int requestParam2 = in.u8("request param2");
    Bytes requestNonce = in.octets("request nonce", 32);
    int slot = in.u8("request slot");
    constant(in, "response version", SPDM_VERSION);
    constant(in, "response code", RESPONSE);
    int responseParam1 = in.u8("response param1");
    int responseParam2 = in.u8("response param2");
    int blocks = in.u8("NumberOfBlocks");
    int recordLength = in.u16le("MeasurementRecordLength");
    recordLength |= in.u8("MeasurementRecordLength") << 16;
    SortedMap<Integer, Measurement> measurements =
        measurements(in.slice("MeasurementRecord", recordLength), blocks);
    Bytes responderNonce = in.octets("Nonce", 32);
    List<Opaque> opaque = opaque(in.slice("OpaqueData", in.u16le("OpaqueLength")));
    Bytes signature = in.octets("Signature", SIGNATURE_LENGTH);
    int length = in.position();
    int padding = in.remaining();
    if (padding == 1 && in.u8("padding") != 0) {
      throw in.malformed("padding", "is not zero");
    }
    in.end("end of report");
    return new NvidiaReport(
        bytes.slice(0, length),
        requestParam1,
        requestParam2,
        requestNonce,
        slot,
        responseParam1,
        responseParam2,
        measurements,
        responderNonce,
        opaque,
        signature,
        padding);
  }

  /** What the signature covers: request and response without the signature. */
  public byte[] signed() {
    return raw.slice(0, raw.length() - SIGNATURE_LENGTH).toArray();
  }

  /** The only field of this type; empty where there is none. */
  public Optional<Bytes> opaque(OpaqueField field) {
    return opaque.stream().filter(o -> o.type() == field.number()).map(Opaque::value).findFirst();
  }

  /** A field that holds text, without the zero bytes at its end. */
  public Optional<String> text(OpaqueField field) {
    return opaque(field)
        .map(b -> new String(b.toArray(), StandardCharsets.ISO_8859_1).replaceAll("\0+$", ""));
  }

  /** A switch names the device identities of its GPUs; a GPU does not. */
  public boolean isSwitch() {
    return opaque(OpaqueField.SWITCH_GPU_PDIS).isPresent();
  }

  /** The VBIOS version in the vendor's writing, for example {@code 96.00.74.00.20}. */
  public Optional<String> vbiosVersion() {
    if (isSwitch()) {
      return text(OpaqueField.VBIOS_VERSION);
    }
    // Eight bytes, two little-endian words of which the first is the upper part of the version.
    return opaque(OpaqueField.VBIOS_VERSION)
        .filter(b -> b.length() == 8)
        .map(
            b -> {
              int[] order = {3, 2, 1, 0, 4};
              List<String> parts = new ArrayList<>();
              for (int i : order) {
                parts.add(b.slice(i, i + 1).hex().toUpperCase(Locale.ROOT));
              }
              return String.join(".", parts);
            });
  }

  /** Every field, by its name in the specification. */
  public Json.Obj fields() {
    Json.Builder blocks = Json.object();
    for (Map.Entry<Integer, Measurement> m : measurements.entrySet()) {
      blocks.put(
          Integer.toString(m.getKey()),
          Json.object()
              .put("DMTFSpecMeasurementValueType", m.getValue().type())
              .put("DMTFSpecMeasurementValue", m.getValue().value().hex())
              .build());
    }
    Json.Builder vendor = Json.object();
    for (Opaque field : opaque) {
      vendor.put(OpaqueField.name(field.type()), field.value().hex());
    }
    return Json.object()
        .put("SPDMVersion", SPDM_VERSION)
        .put("RequestParam1", requestParam1)
        .put("RequestParam2", requestParam2)
        .put("RequestNonce", requestNonce.hex())
        .put("SlotIDParam", slot)
        .put("Param1", responseParam1)
        .put("Param2", responseParam2)
        .put("NumberOfBlocks", measurements.size())
        .put("MeasurementRecord", blocks.build())
        .put("Nonce", responderNonce.hex())
        .put("OpaqueData", vendor.build())
        .put("Signature", signature.hex())
        .put("padding", padding)
        .build();
  }

  private static SortedMap<Integer, Measurement> measurements(ByteReader in, int blocks) {
    SortedMap<Integer, Measurement> all = new TreeMap<>();
    for (int i = 0; i < blocks; i++) {
      int index = in.u8("Index");
      constant(in, "MeasurementSpecification", 1);
      ByteReader block = in.slice("Measurement", in.u16le("MeasurementSize"));
      int type = block.u8("DMTFSpecMeasurementValueType");
      int size = block.u16le("DMTFSpecMeasurementValueSize");
      Bytes value = block.octets("DMTFSpecMeasurementValue", size);
      block.end("Measurement");
      if (index == 0 || all.put(index, new Measurement(type, value)) != null) {
        throw in.malformed("Index", "is " + index + ": zero, or there twice");
      }
    }
    in.end("MeasurementRecord");
    return all;
  }

  private static List<Opaque> opaque(ByteReader in) {
    List<Opaque> all = new ArrayList<>();
    while (in.remaining() > 0) {
      int type = in.u16le("opaque type");
      Bytes value = in.octets("opaque value", in.u16le("opaque size"));
      if (all.stream().anyMatch(o -> o.type() == type)) {
        throw in.malformed("opaque type", type + " is there twice");
      }
      all.add(new Opaque(type, value));
    }
    return all;
  }

  private static void constant(ByteReader in, String field, int wanted) {
    int found = in.u8(field);
    if (found != wanted) {
      throw in.malformed(field, "is " + found + " instead of " + wanted);
    }
  }
}
