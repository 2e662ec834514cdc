// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.initdata;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * An init-data document (Trustee, {@code kbs/docs/initdata.md}), version 0.1.0. Its digest is over
 * the bytes exactly as they are: nothing is ever written anew.
 *
 * @param bytes the document
 * @param algorithm of the digest
 * @param entries of {@code [data]} in the order of the text
 */
public record InitDataDocument(
    byte[] bytes, InitDataAlgorithm algorithm, Map<String, String> entries) {
  public static final String VERSION = "0.1.0";
  private static final int MAX_BYTES = 1 << 20;
  private static final int HOST_DATA = 32;
  private static final int MR_CONFIG_ID = 48;
  private static final int PERSONALIZATION = 64;

  public InitDataDocument {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /**
   * @throws MalformedEvidenceException where the bytes are no init-data of version 0.1.0, or longer
   *     than 1 MiB
   */
  public static InitDataDocument parse(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw malformed("document", "is longer than 1 MiB");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("document", "is not UTF-8");
    }
    Map<String, Map<String, Object>> tables = Toml.parse(text);
    only(tables.keySet(), "", "data");
    Map<String, Object> top = tables.getOrDefault("", Map.of());
    only(top.keySet(), "version", "algorithm");
    if (!text(top, "version").equals(VERSION)) {
      throw malformed("version", "is not " + VERSION);
    }
    InitDataAlgorithm algorithm =
        InitDataAlgorithm.of(text(top, "algorithm"))
            .orElseThrow(() -> malformed("algorithm", "is none of sha256, sha384, sha512"));
    Map<String, Object> data = tables.get("data");
    if (data == null) {
      throw malformed("data", "is missing");
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (String key : data.keySet()) {
      entries.put(key, text(data, key));
    }
    return new InitDataDocument(bytes.clone(), algorithm, entries);
  }

  /**
   * An entry's text.
   *
   * @throws MalformedEvidenceException where there is none of that name
   */
  public String entry(String name) {
    String text = entries.get(name);
    if (text == null) {
      throw malformed(name, "is missing");
    }
    return text;
  }

  /**
   * The keys of an entry that is a TOML file itself, without tables: each is text or a boolean.
   *
   * @throws MalformedEvidenceException where there is none of that name, or it is no such file
   */
  public Map<String, Object> settings(String name) {
    Map<String, Map<String, Object>> tables = Toml.parse(entry(name));
    only(tables.keySet(), "");
    return tables.getOrDefault("", Map.of());
  }

  /**
   * Writes a document. Each value becomes a multi-line literal string where TOML allows, so that it
   * can be read, and else a basic string.
   */
  public static InitDataDocument write(InitDataAlgorithm algorithm, Map<String, String> entries) {
    StringBuilder text = new StringBuilder();
    text.append("version = \"").append(VERSION).append("\"\n");
    text.append("algorithm = \"").append(algorithm.word()).append("\"\n\n[data]\n");
    entries.forEach(
        (name, value) ->
            text.append(TomlText.basic(name))
                .append(" = ")
                .append(TomlText.value(value))
                .append('\n'));
    return parse(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  public byte[] digest() {
    return algorithm.digest(bytes);
  }

  /** The digest as a TEE's field of that size holds it: cut at the end, or filled with zeros. */
  public byte[] fitted(int size) {
    return Arrays.copyOf(digest(), size);
  }

  /** PCR 8 of a vTPM that was extended with the digest once; only SHA-256 fits its bank. */
  public Optional<byte[]> pcr8() {
    return algorithm == InitDataAlgorithm.SHA256
        ? Optional.of(Digests.sha256(new byte[32], digest()))
        : Optional.empty();
  }

  /** The answer of {@code initdata digest}. */
  public Json.Obj toJson() {
    return Json.object()
        .put("algorithm", algorithm.word())
        .put("digest", Hex.encode(digest()))
        .put(
            "fields",
            Json.object()
                .put("hostData", Hex.encode(fitted(HOST_DATA)))
                .put("mrConfigId", Hex.encode(fitted(MR_CONFIG_ID)))
                .put("rpv", Hex.encode(fitted(PERSONALIZATION)))
                .put("pcr8", Json.nullable(pcr8().map(Hex::encode).orElse(null)))
                .build())
        .build();
  }

  /**
   * The text of a key.
   *
   * @throws MalformedEvidenceException where it is missing or no text
   */
  public static String text(Map<String, Object> table, String key) {
    Object value = table.get(key);
    if (value instanceof String s) {
      return s;
    }
    throw malformed(key, value == null ? "is missing" : "is no text");
  }

  private static void only(Set<String> keys, String... known) {
    for (String key : keys) {
      if (!List.of(known).contains(key)) {
        throw malformed(key, "is not a key this form has");
      }
    }
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException("init-data", field, -1, problem);
  }
}
