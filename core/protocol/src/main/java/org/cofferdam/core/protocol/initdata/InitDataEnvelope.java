// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.initdata;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * The forms in which init-data travels: base64 of gzip in the pod's annotation {@code
 * io.katacontainers.config.hypervisor.cc_init_data}, and gzip on the disk that Kata attaches.
 */
public final class InitDataEnvelope {
  /** Bound on the document, far above what an annotation can carry. */
  private static final int MAX_BYTES = 16 << 20;

  private static final byte[] MAGIC = "initdata".getBytes(StandardCharsets.US_ASCII);
  private static final int BLOCK = 512;

  private InitDataEnvelope() {}

  /** The annotation's value for these bytes; equal bytes give an equal value. */
  public static String annotation(byte[] document) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }

  /**
   * The document inside an annotation, a disk image, or the bytes themselves where they are
   * neither.
   *
   * @throws MalformedEvidenceException where it is one of the two forms and damaged
   */
  public static byte[] open(byte[] input) {
    if (input.length >= MAGIC.length
        && Arrays.equals(input, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return disk(input);
    }
    String text = new String(input, StandardCharsets.ISO_8859_1).strip();
    if (text.startsWith("H4sI") && text.matches("[A-Za-z0-9+/]+={0,2}")) {
      try {
        return gunzip(Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException e) {
        throw malformed("annotation", "is no base64");
      }
    }
    return input;
  }

  private static byte[] disk(byte[] image) {
    ByteReader reader = ByteReader.of("init-data disk", image);
    reader.skip("magic", MAGIC.length);
    byte[] gzip = reader.bytes("gzip", reader.u64le("length"));
    if (image.length % BLOCK != 0) {
      throw reader.malformed("padding", "does not end at a multiple of 512 bytes");
    }
    while (reader.remaining() > 0) {
      if (reader.u8("padding") != 0) {
        throw reader.malformed("padding", "is not zero");
      }
    }
    return gunzip(gzip);
  }

  private static byte[] gunzip(byte[] gzip) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      byte[] document = in.readNBytes(MAX_BYTES + 1);
      if (document.length > MAX_BYTES) {
        throw malformed("gzip", "unpacks to more than 16 MiB");
      }
      return document;
    } catch (IOException e) {
      throw malformed("gzip", "is damaged");
    }
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException("init-data", field, -1, problem);
  }
}
