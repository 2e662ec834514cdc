// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.eventlog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.evidence.tpm.TpmHash;

/**
 * The kernel's list of measured files as text (Linux, security/integrity/ima, {@code
 * ascii_runtime_measurements}): {@code PCR template-hash template fields}, templates {@code ima-ng}
 * ({@code algorithm:digest path}) and {@code ima-sig} (the same with a signature). The template
 * hash is over the fields in binary: each a length u32 LE and the value; the digest field is {@code
 * algorithm:NUL digest}, the name ends with NUL. Other banks than the list's take the hash of the
 * same bytes in their own algorithm. A hash of zeros marks a violation, extended as ones.
 */
final class ImaLog {
  private static final String FORMAT = "IMA list";
  private static final Pattern LINE =
      Pattern.compile(
          "([0-9]{1,2}) ([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}) (ima-ng|ima-sig)"
              + " ([a-z0-9]+):([0-9a-f]+) (.+)",
          // Octets of a name in UTF-8 may look like ends of lines; lines were cut before.
          Pattern.DOTALL);
  private static final Pattern SIGNED = Pattern.compile("(.*?)(?: ([0-9a-f]+))? ?", Pattern.DOTALL);
  private static final int MOST_LINES = 1_000_000;

  private ImaLog() {}

  static boolean looksLike(Bytes content) {
    String head = text(content.slice(0, Math.min(content.length(), 4)));
    return head.matches("(?s)[0-9]{1,2} [0-9a-f].?");
  }

  static RuntimeLog parse(Bytes content) {
    List<RuntimeEntry> entries = new ArrayList<>();
    String[] lines = text(content).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean last = i == lines.length - 1 && lines[i].isEmpty();
      if (!last) {
        if (entries.size() >= MOST_LINES) {
          throw new MalformedEvidenceException(FORMAT, "line " + i, -1, "is one too many");
        }
        entries.add(line(i, lines[i]));
      }
    }
    return new RuntimeLog("ima", entries);
  }

  private static RuntimeEntry line(int number, String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new MalformedEvidenceException(
          FORMAT, "line " + number, -1, "is of no template that is read");
    }
    int pcr = Integer.parseInt(matcher.group(1));
    String algorithm = matcher.group(4);
    Bytes digest = Bytes.ofHex(matcher.group(5));
    int size = size(algorithm);
    if (pcr > 23 || size == 0 || digest.length() != size) {
      throw new MalformedEvidenceException(
          FORMAT, "line " + number, -1, "names no register, or no digest of " + algorithm);
    }
    boolean signed = matcher.group(3).equals("ima-sig");
    Matcher rest = SIGNED.matcher(matcher.group(6));
    String path = signed && rest.matches() ? rest.group(1) : matcher.group(6);
    String signature = signed && rest.group(2) != null ? rest.group(2) : "";
    Bytes logged = Bytes.ofHex(matcher.group(2));
    Bytes template =
        template(
            Bytes.concat(latin1(algorithm + ":\0"), digest),
            latin1(path + "\0"),
            signed ? Optional.of(Bytes.ofHex(signature)) : Optional.empty());
    return new RuntimeEntry(
        pcr,
        digests(logged, template),
        matcher.group(3),
        algorithm + ":" + digest.hex() + " " + path,
        logged.isZero() ? Optional.empty() : Optional.of(covers(logged, template)));
  }

  /** Digest sizes of the algorithms that the kernel names. */
  private static int size(String algorithm) {
    return switch (algorithm) {
      case "md5" -> 16;
      case "sha1" -> 20;
      case "sha224" -> 28;
      case "sha256", "sm3" -> 32;
      case "sha384" -> 48;
      case "sha512" -> 64;
      default -> 0;
    };
  }

  private static Bytes template(Bytes digest, Bytes name, Optional<Bytes> signature) {
    Bytes fields = Bytes.concat(length(digest), digest, length(name), name);
    return signature.map(s -> Bytes.concat(fields, length(s), s)).orElse(fields);
  }

  private static Bytes length(Bytes field) {
    return Bytes.of(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(field.length()).array());
  }

  private static boolean covers(Bytes logged, Bytes template) {
    for (TpmHash hash : TpmHash.values()) {
      if (hash.isComputable() && hash.size() == logged.length()) {
        return hash.digest(template).equals(logged);
      }
    }
    return false;
  }

  /** The logged hash stands for its own bank; the others follow only where it covers the fields. */
  private static Map<TpmHash, Bytes> digests(Bytes logged, Bytes template) {
    Map<TpmHash, Bytes> digests = new EnumMap<>(TpmHash.class);
    boolean covered = covers(logged, template);
    for (TpmHash hash : TpmHash.values()) {
      if (!hash.isComputable()) {
        continue;
      }
      if (logged.isZero()) {
        byte[] ones = new byte[hash.size()];
        Arrays.fill(ones, (byte) 0xff);
        digests.put(hash, Bytes.of(ones));
      } else if (hash.size() == logged.length()) {
        digests.put(hash, logged);
      } else if (covered) {
        digests.put(hash, hash.digest(template));
      }
    }
    return digests;
  }

  private static Bytes latin1(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String text(Bytes content) {
    return new String(content.toArray(), StandardCharsets.ISO_8859_1);
  }
}
