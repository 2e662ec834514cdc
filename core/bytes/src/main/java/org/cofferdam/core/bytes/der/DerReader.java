// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.der;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;

/** Reads elements one after the other. */
public final class DerReader {
  private final String format;
  private final ByteReader input;
  private final Bytes content;
  private int next;

  private DerReader(String format, Bytes content) {
    this.format = format;
    this.content = content;
    this.input = content.reader(format);
  }

  public static DerReader of(String format, Bytes content) {
    return new DerReader(format, content);
  }

  /** The only element of {@code document}; anything after it is refused. */
  public static DerElement single(String format, Bytes document) {
    DerReader reader = of(format, document);
    DerElement element = reader.next("document");
    reader.end("document");
    return element;
  }

  public boolean hasNext() {
    return input.remaining() > 0;
  }

  public DerElement next(String field) {
    DerElement element = DerElement.read(format, field, input);
    next = input.position();
    return element;
  }

  public DerElement next(String field, int tag) {
    return next(field).expect(tag);
  }

  /** A reader of the elements inside the next one, which must be a SEQUENCE. */
  public DerReader sequence(String field) {
    return next(field, DerElement.SEQUENCE).children();
  }

  /** The next element where it has this tag; otherwise nothing is read. */
  public Optional<DerElement> optional(String field, int tag) {
    if (!hasNext() || content.at(next) != tag) {
      return Optional.empty();
    }
    return Optional.of(next(field));
  }

  /** All that are left. */
  public List<DerElement> rest(String field) {
    List<DerElement> elements = new ArrayList<>();
    while (hasNext()) {
      elements.add(next(field));
    }
    return elements;
  }

  public void end(String field) {
    input.end(field);
  }
}
