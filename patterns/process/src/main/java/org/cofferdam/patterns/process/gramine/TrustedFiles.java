// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process.gramine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code sgx.trusted_files} into one entry a file, each with its SHA-256. A directory ({@code
 * file:/dir/}) stands for everything below it, by name, depth first, but for links to directories
 * and for what is no file. The first place of a file counts; a hash that was given stays.
 */
final class TrustedFiles {
  private static final String SCHEME = "file:";
  private static final int MAX_DEPTH = 256;

  private final FileTree tree;
  private final Map<String, @Nullable String> hashes = new LinkedHashMap<>();

  private TrustedFiles(FileTree tree) {
    this.tree = tree;
  }

  /**
   * @param entries URIs, or tables of {@code uri} and {@code sha256}
   * @return tables of both, in order
   * @throws ManifestException where an entry has another form, is not there, or has two hashes
   */
  static List<Object> expand(List<?> entries, FileTree tree) throws IOException {
    TrustedFiles files = new TrustedFiles(tree);
    for (Object entry : entries) {
      files.add(entry);
    }
    List<Object> expanded = new ArrayList<>();
    for (Map.Entry<String, @Nullable String> file : files.hashes.entrySet()) {
      String given = file.getValue();
      Map<String, Object> table = new LinkedHashMap<>();
      table.put("uri", file.getKey());
      table.put("sha256", given != null ? given : tree.sha256(path(file.getKey())));
      expanded.add(table);
    }
    return expanded;
  }

  /** The SHA-256 of the one file that a URI names. */
  static String hash(String uri, FileTree tree) throws IOException {
    String path = path(uri);
    if (tree.kind(path).orElse(null) != FileTree.Kind.FILE) {
      throw new ManifestException(uri + " is not there, or no file that can be read");
    }
    return tree.sha256(path);
  }

  private void add(Object entry) throws IOException {
    if (entry instanceof String uri) {
      add(uri, null);
    } else if (entry instanceof Map<?, ?> table && table.get("uri") instanceof String uri) {
      for (Object name : table.keySet()) {
        if (!name.equals("uri") && !name.equals("sha256")) {
          throw new ManifestException("sgx.trusted_files: " + uri + " has an unknown key " + name);
        }
      }
      Object hash = table.get("sha256");
      if (hash != null && !(hash instanceof String text && text.matches("[0-9a-fA-F]{64}"))) {
        throw new ManifestException(
            "sgx.trusted_files: sha256 of " + uri + " is not 64 hex digits");
      }
      add(uri, (String) hash);
    } else {
      throw new ManifestException(
          "sgx.trusted_files: an entry is neither a URI nor a table with one: " + entry);
    }
  }

  private void add(String uri, @Nullable String hash) throws IOException {
    String path = path(uri);
    FileTree.Kind kind =
        hash != null && !uri.endsWith("/")
            ? FileTree.Kind.FILE
            : tree.kind(path)
                .orElseThrow(
                    () -> new ManifestException("sgx.trusted_files: " + uri + " is not there"));
    if (uri.endsWith("/")) {
      if (hash != null) {
        throw new ManifestException(
            "sgx.trusted_files: " + uri + " is a directory and cannot have a hash");
      }
      if (kind != FileTree.Kind.DIRECTORY) {
        throw new ManifestException("sgx.trusted_files: " + uri + " is no directory");
      }
      walk(path.replaceAll("/+$", ""), 0);
    } else if (kind == FileTree.Kind.DIRECTORY) {
      throw new ManifestException(
          "sgx.trusted_files: " + uri + " is a directory; its URI must end with /");
    } else if (kind == FileTree.Kind.OTHER) {
      throw new ManifestException("sgx.trusted_files: " + uri + " is no file that can be read");
    } else {
      put(uri, hash);
    }
  }

  private void walk(String directory, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new ManifestException("sgx.trusted_files: " + directory + " is nested too deeply");
    }
    for (String name : tree.list(directory.isEmpty() ? "/" : directory)) {
      String path = directory + "/" + name;
      FileTree.Kind kind = tree.kind(path).orElse(FileTree.Kind.OTHER);
      if (kind == FileTree.Kind.FILE) {
        put(SCHEME + path, null);
      } else if (kind == FileTree.Kind.DIRECTORY && !tree.isLink(path)) {
        walk(path, depth + 1);
      }
    }
  }

  private void put(String uri, @Nullable String hash) {
    String before = hashes.get(uri);
    if (before != null && hash != null && !before.equalsIgnoreCase(hash)) {
      throw new ManifestException("sgx.trusted_files: " + uri + " has two different hashes");
    }
    hashes.put(uri, before != null ? before : hash);
  }

  private static String path(String uri) {
    if (!uri.startsWith(SCHEME) || uri.length() == SCHEME.length()) {
      throw new ManifestException(uri + " is no file: URI");
    }
    return uri.substring(SCHEME.length());
  }
}
