// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.workload;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * What the broker reads of an init-data document: whose it claims to be. The claim only chooses
 * what to compare with; the evidence proves the whole document or it does not.
 *
 * @param workload {@code namespace/name}
 * @param digest SHA-256 of the document
 */
public record InitDataDocument(String workload, Bytes digest) {
  private static final String FORMAT = "init-data";
  private static final String FILE = "cofferdam.toml";
  private static final int MAX_CHARS = 1 << 19;

  /**
   * @throws MalformedEvidenceException where the document is no init-data or names no workload
   */
  public static InitDataDocument parse(Bytes document) {
    String text = new String(document.toArray(), StandardCharsets.UTF_8);
    if (text.length() > MAX_CHARS) {
      throw new MalformedEvidenceException(FORMAT, "document", -1, "is too long");
    }
    TomlTable data = toml(text, FORMAT).getTable("data");
    Object file = data == null ? null : data.get(List.of(FILE));
    if (!(file instanceof String inner)) {
      throw new MalformedEvidenceException(FORMAT, FILE, -1, "is missing");
    }
    if (!(toml(inner, FILE).get("workload") instanceof String workload)
        || !WorkloadName.isValid(workload)) {
      throw new MalformedEvidenceException(FILE, "workload", -1, "is not namespace/name");
    }
    return new InitDataDocument(workload, document.sha256());
  }

  private static TomlParseResult toml(String text, String what) {
    try {
      TomlParseResult parsed = Toml.parse(text);
      if (!parsed.hasErrors()) {
        return parsed;
      }
    } catch (StackOverflowError e) {
      throw new MalformedEvidenceException(what, "TOML", -1, "is nested too deep");
    }
    throw new MalformedEvidenceException(what, "TOML", -1, "is not valid TOML");
  }
}
