// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.tpm.TpmHash;

/** What the data of an event says, and whether its digest covers it. */
public final class EventMeaning {
  private static final Set<Long> HASH_OF_DATA =
      Set.of(
          0x1L,
          0x4L,
          0x5L,
          0x6L,
          0x7L,
          0x8L,
          0xaL,
          0xcL,
          0x80000001L,
          0x80000002L,
          0x80000006L,
          0x80000007L,
          0x80000009L,
          0x8000000bL,
          0x8000000cL,
          0x800000e0L);
  private static final Set<Long> VARIABLES =
      Set.of(0x80000001L, 0x80000002L, 0x8000000cL, 0x800000e0L);
  private static final Set<Long> IMAGES = Set.of(0x80000003L, 0x80000004L, 0x80000005L);
  private static final long IPL = 0xd;

  private EventMeaning() {}

  /**
   * True where every digest is the hash of the data under the rule of its type, false where it is
   * not, empty where the data only names what was measured.
   */
  public static Optional<Boolean> matches(Event event) {
    if (event.type() == Event.EV_NO_ACTION) {
      return Optional.empty();
    }
    boolean covered = covers(event, event.data());
    if (covered) {
      return Optional.of(true);
    }
    if (event.type() == IPL) {
      return isCovered(event) ? Optional.of(true) : Optional.empty();
    }
    if (event.type() == Event.EV_SEPARATOR) {
      return Optional.of(false);
    }
    // Many firmwares measure a variable's value alone, or a string without its end.
    if (VARIABLES.contains(event.type())) {
      Optional<Boolean> value = variableValue(event.data()).map(v -> covers(event, v));
      return value.isPresent() && value.get() ? value : Optional.of(false);
    }
    return HASH_OF_DATA.contains(event.type()) && !isFirmwareName(event)
        ? Optional.of(false)
        : Optional.empty();
  }

  /**
   * True where the digests are the hash of the data, or of the part of it that a writer of logs
   * measures: a variable's value, a text without its prefix or end, a section's name. The type
   * plays no part, since nothing protects it.
   */
  public static boolean isCovered(Event event) {
    Bytes data = event.data();
    return covers(event, data)
        || iplText(data).filter(t -> covers(event, t) || covers(event, withNul(t))).isPresent()
        || sectionName(data).filter(n -> covers(event, withNul(latin1(n)))).isPresent()
        || variableValue(data).filter(v -> covers(event, v)).isPresent();
  }

  /**
   * The name of a section of a unified kernel image, as systemd's stub describes it: UTF-16LE with
   * a NUL, and a dot first. Two events carry it: the hash of the name, then that of the section.
   */
  public static Optional<String> sectionName(Bytes data) {
    if (data.length() < 6 || data.length() > 64 || data.length() % 2 != 0 || data.at(0) != '.') {
      return Optional.empty();
    }
    String text = new String(data.toArray(), StandardCharsets.UTF_16LE);
    return text.endsWith("\0") && text.substring(0, text.length() - 1).matches("\\.[a-z0-9]+")
        ? Optional.of(text.substring(0, text.length() - 1))
        : Optional.empty();
  }

  private static Bytes latin1(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Types whose data may only describe what was hashed. */
  private static boolean isFirmwareName(Event event) {
    return event.type() == 0x1L
        || event.type() == 0x7L
        || event.type() == 0xaL
        || event.type() == 0x80000009L
        || event.type() == 0x8000000bL;
  }

  static boolean covers(Event event, Bytes data) {
    boolean any = false;
    for (Map.Entry<TpmHash, Bytes> digest : event.digests().entrySet()) {
      if (digest.getKey().isComputable()) {
        if (!digest.getKey().digest(data).equals(digest.getValue())) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  /** GRUB measures the text behind its prefix, with or without the NUL. */
  private static Optional<Bytes> iplText(Bytes data) {
    String text = new String(data.toArray(), StandardCharsets.ISO_8859_1);
    for (String prefix : new String[] {"grub_cmd: ", "grub_kernel_cmdline ", "kernel_cmdline: "}) {
      if (text.startsWith(prefix)) {
        int end = text.endsWith("\0") ? data.length() - 1 : data.length();
        return Optional.of(data.slice(prefix.length(), end));
      }
    }
    return text.endsWith("\0") ? Optional.of(data.slice(0, data.length() - 1)) : Optional.empty();
  }

  private static Bytes withNul(Bytes text) {
    return Bytes.concat(text, Bytes.ofHex("00"));
  }

  private static Optional<Bytes> variableValue(Bytes data) {
    try {
      return Optional.of(UefiVariable.parse(data).value());
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  /** What the data says, for people; empty where it is not read. */
  public static Json.Obj details(Event event) {
    Json.Builder details = Json.object();
    Optional<TaggedEntry> entry = TaggedEntry.of(event);
    if (entry.isPresent()) {
      return details
          .put("domain", entry.get().domain())
          .put("operation", entry.get().operation())
          .put("content", entry.get().content())
          .build();
    }
    if (VARIABLES.contains(event.type())) {
      try {
        UefiVariable variable = UefiVariable.parse(event.data());
        return details
            .put("variableGuid", variable.guid())
            .put("variableName", variable.name())
            .put("variableData", variable.value().hex())
            .build();
      } catch (MalformedEvidenceException e) {
        return details.put("problem", String.valueOf(e.getMessage())).build();
      }
    }
    if (IMAGES.contains(event.type())) {
      return image(event.data());
    }
    String text = printable(event.data());
    return text.isEmpty() ? details.build() : details.put("string", text).build();
  }

  /** UEFI_IMAGE_LOAD_EVENT: the digest is the image's Authenticode hash, which stands elsewhere. */
  private static Json.Obj image(Bytes data) {
    try {
      ByteReader reader = data.reader("UEFI_IMAGE_LOAD_EVENT");
      long location = reader.u64le("ImageLocationInMemory");
      long length = reader.u64le("ImageLengthInMemory");
      long link = reader.u64le("ImageLinkTimeAddress");
      Bytes path = reader.octets("DevicePath", reader.u64le("LengthOfDevicePath"));
      return Json.object()
          .put("imageLocation", Long.toHexString(location))
          .put("imageLength", new Json.Num(Long.toUnsignedString(length)))
          .put("imageLinkTimeAddress", Long.toHexString(link))
          .put("devicePath", path.hex())
          .build();
    } catch (MalformedEvidenceException e) {
      return Json.object().put("problem", String.valueOf(e.getMessage())).build();
    }
  }

  private static String printable(Bytes data) {
    String text = new String(data.toArray(), StandardCharsets.UTF_8);
    String bare = text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    return bare.chars().allMatch(c -> (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t')
        ? bare
        : "";
  }
}
