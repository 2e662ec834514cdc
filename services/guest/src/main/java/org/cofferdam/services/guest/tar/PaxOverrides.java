// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tar;

import java.nio.charset.StandardCharsets;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.jspecify.annotations.Nullable;

/**
 * What extended headers say in place of the fields of the next header. Numbers are -1 where they
 * say nothing. Keywords that do not change what is unpacked (times, comments, extended attributes)
 * are passed over; sparse files are refused.
 */
record PaxOverrides(
    @Nullable String path, @Nullable String linkPath, long size, long uid, long gid) {
  static final PaxOverrides NONE = new PaxOverrides(null, null, -1, -1, -1);

  /** Records of the form {@code "LENGTH KEYWORD=VALUE\n"}, LENGTH counting all of the record. */
  static PaxOverrides parse(byte[] content, long position) {
    PaxOverrides all = NONE;
    int at = 0;
    while (at < content.length) {
      int blank = at;
      int length = 0;
      while (blank < content.length && content[blank] >= '0' && content[blank] <= '9') {
        length = Math.min(length * 10 + content[blank++] - '0', content.length + 1);
      }
      int end = at + length;
      if (blank == at
          || blank >= content.length
          || content[blank] != ' '
          || end > content.length
          || end <= blank
          || content[end - 1] != '\n') {
        throw malformed("record", position, "has no right length");
      }
      String record = new String(content, blank + 1, end - 1 - (blank + 1), StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals < 1) {
        throw malformed("record", position, "is not KEYWORD=VALUE");
      }
      all = all.with(record.substring(0, equals), record.substring(equals + 1), position);
      at = end;
    }
    return all;
  }

  PaxOverrides withPath(String value) {
    return new PaxOverrides(value, linkPath, size, uid, gid);
  }

  PaxOverrides withLinkPath(String value) {
    return new PaxOverrides(path, value, size, uid, gid);
  }

  PaxOverrides and(PaxOverrides later) {
    return new PaxOverrides(
        later.path != null ? later.path : path,
        later.linkPath != null ? later.linkPath : linkPath,
        later.size >= 0 ? later.size : size,
        later.uid >= 0 ? later.uid : uid,
        later.gid >= 0 ? later.gid : gid);
  }

  TarEntry apply(TarHeader header) {
    TarType type = header.type();
    return new TarEntry(
        path != null ? path : header.name(),
        type,
        linkPath != null ? linkPath : header.linkName(),
        header.mode(),
        uid >= 0 ? (int) uid : header.uid(),
        gid >= 0 ? (int) gid : header.gid(),
        type != TarType.FILE ? 0 : size >= 0 ? size : header.size(),
        header.position());
  }

  private PaxOverrides with(String keyword, String value, long position) {
    if (value.indexOf('\0') >= 0) {
      throw malformed(keyword, position, "holds a NUL");
    }
    return switch (keyword) {
      case "path" -> withPath(value);
      case "linkpath" -> withLinkPath(value);
      case "size" ->
          new PaxOverrides(path, linkPath, number(value, Long.MAX_VALUE, position), uid, gid);
      case "uid" ->
          new PaxOverrides(path, linkPath, size, number(value, Integer.MAX_VALUE, position), gid);
      case "gid" ->
          new PaxOverrides(path, linkPath, size, uid, number(value, Integer.MAX_VALUE, position));
      default -> {
        if (keyword.startsWith("GNU.sparse")) {
          throw malformed(keyword, position, "sparse files are not read");
        }
        yield this;
      }
    };
  }

  private static long number(String value, long largest, long position) {
    try {
      long number = Long.parseLong(value);
      if (number >= 0 && number <= largest) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw malformed("number", position, "is not one");
    }
    throw malformed("number", position, "is out of range");
  }

  private static MalformedEvidenceException malformed(String field, long position, String problem) {
    return new MalformedEvidenceException("tar extended header", field, position, problem);
  }
}
