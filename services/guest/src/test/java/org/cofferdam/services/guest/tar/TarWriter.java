// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes small ustar archives for tests, right or wrong as asked. */
public final class TarWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public TarWriter file(String name, byte[] content) {
    return member(name, '0', "", 0644, 0, content);
  }

  public TarWriter file(String name, int mode, byte[] content) {
    return member(name, '0', "", mode, 0, content);
  }

  public TarWriter folder(String name) {
    return member(name, '5', "", 0755, 0, new byte[0]);
  }

  public TarWriter symbolicLink(String name, String target) {
    return member(name, '2', target, 0777, 0, new byte[0]);
  }

  public TarWriter hardLink(String name, String target) {
    return member(name, '1', target, 0644, 0, new byte[0]);
  }

  /** A pax header for the next member: records {@code KEYWORD=VALUE}. */
  public TarWriter pax(String... records) {
    StringBuilder text = new StringBuilder();
    for (String record : records) {
      int length = record.getBytes(StandardCharsets.UTF_8).length + 3;
      length += Integer.toString(length).length() - 1;
      length += Integer.toString(length).length() > Integer.toString(length - 1).length() ? 1 : 0;
      text.append(length).append(' ').append(record).append('\n');
    }
    return member("pax", 'x', "", 0644, 0, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  public TarWriter member(String name, char type, String link, int mode, int uid, byte[] content) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, String.format("%07o", mode));
    put(header, 108, String.format("%07o", uid));
    put(header, 116, String.format("%07o", uid));
    put(header, 124, String.format("%011o", content.length));
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format("%06o\0 ", sum));
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[(512 - content.length % 512) % 512]);
    return this;
  }

  /** The archive with its two closing blocks. */
  public byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(out.toByteArray());
    all.writeBytes(new byte[1024]);
    return all.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
