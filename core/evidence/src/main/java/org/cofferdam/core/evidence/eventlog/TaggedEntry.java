// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.eventlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * An entry of the attestation agent's log (AAEL) of Confidential Containers: an EV_EVENT_TAG whose
 * TCG_PCClientTaggedEvent has the tag {@code AAEL} and the text {@code domain operation content}.
 *
 * @param domain without blanks
 * @param operation without blanks
 * @param content the rest
 */
public record TaggedEntry(String domain, String operation, String content) {
  private static final long TAG = 0x4141454cL;

  /**
   * The entry in this event, or empty where it is none. Whether a digest covers it is not asked.
   */
  public static Optional<TaggedEntry> of(Event event) {
    if (event.type() != Event.EV_EVENT_TAG) {
      return Optional.empty();
    }
    try {
      ByteReader reader = event.data().reader("TCG_PCClientTaggedEvent");
      if (reader.u32le("taggedEventID") != TAG) {
        return Optional.empty();
      }
      Bytes text = reader.octets("taggedEventData", reader.u32le("taggedEventDataSize"));
      reader.end("taggedEventData");
      return split(text);
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  private static Optional<TaggedEntry> split(Bytes utf8) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8.toArray())).toString();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
    int first = text.indexOf(' ');
    int second = first < 0 ? -1 : text.indexOf(' ', first + 1);
    if (first <= 0 || second <= first + 1) {
      return Optional.empty();
    }
    return Optional.of(
        new TaggedEntry(
            text.substring(0, first),
            text.substring(first + 1, second),
            text.substring(second + 1)));
  }
}
