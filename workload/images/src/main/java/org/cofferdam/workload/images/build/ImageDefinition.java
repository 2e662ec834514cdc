// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.workload.images.ImageReference;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * What an image is made of: the content of an {@code image.toml}.
 *
 * @param reference name of the image
 * @param packages Debian packages, unpacked and not installed
 * @param folders to be made
 * @param files to be copied in
 * @param links symbolic links to be made
 * @param config how the image wants to be run
 */
public record ImageDefinition(
    ImageReference reference,
    List<DebianPackage> packages,
    List<Folder> folders,
    List<File> files,
    List<Link> links,
    Config config) {

  /**
   * @param name in Debian's archive
   * @param paths what is taken of it, with all below, as in a system with merged /usr; everything
   *     where empty
   */
  public record DebianPackage(String name, List<String> paths) {}

  /**
   * @param path in the image
   * @param mode permission bits
   */
  public record Folder(String path, int mode) {}

  /**
   * @param from beside the definition
   * @param to path in the image
   * @param mode permission bits
   */
  public record File(String from, String to, int mode) {}

  /**
   * @param path in the image
   * @param to its target
   */
  public record Link(String path, String to) {}

  /**
   * @param entrypoint of the image
   * @param command its default arguments
   * @param env {@code NAME=VALUE}
   * @param user by the rules of the image configuration
   * @param directory working directory
   */
  public record Config(
      List<String> entrypoint,
      List<String> command,
      List<String> env,
      String user,
      String directory) {}

  /**
   * @throws MalformedEvidenceException where the text is no definition; unknown keys are refused
   */
  public static ImageDefinition parse(String text) {
    TomlParseResult toml = Toml.parse(text);
    if (toml.hasErrors()) {
      throw malformed("TOML", String.valueOf(toml.errors().getFirst()));
    }
    only(toml, "reference", "package", "folder", "file", "link", "config");
    List<DebianPackage> packages = new ArrayList<>();
    for (TomlTable t : tables(toml, "package")) {
      only(t, "name", "paths");
      String name = required(t, "name");
      if (!name.matches("[a-z0-9][a-z0-9+.-]+")) {
        throw malformed("package.name", "is no name of a Debian package");
      }
      packages.add(
          new DebianPackage(
              name, strings(t, "paths").stream().map(ImageDefinition::path).toList()));
    }
    List<Folder> folders = new ArrayList<>();
    for (TomlTable t : tables(toml, "folder")) {
      only(t, "path", "mode");
      folders.add(new Folder(path(required(t, "path")), mode(t)));
    }
    List<File> files = new ArrayList<>();
    for (TomlTable t : tables(toml, "file")) {
      only(t, "from", "to", "mode");
      files.add(new File(path(required(t, "from")), path(required(t, "to")), mode(t)));
    }
    List<Link> links = new ArrayList<>();
    for (TomlTable t : tables(toml, "link")) {
      only(t, "path", "to");
      links.add(new Link(path(required(t, "path")), required(t, "to")));
    }
    return new ImageDefinition(
        ImageReference.parse(required(toml, "reference")),
        packages,
        folders,
        files,
        links,
        config(toml.getTableOrEmpty("config")));
  }

  private static Config config(TomlTable t) {
    only(t, "entrypoint", "command", "env", "user", "directory");
    Map<String, String> env = new TreeMap<>();
    TomlTable variables = t.getTableOrEmpty("env");
    for (String name : variables.keySet()) {
      env.put(name, required(variables, name));
    }
    return new Config(
        strings(t, "entrypoint"),
        strings(t, "command"),
        env.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList(),
        text(t, "user").orElse(""),
        text(t, "directory").orElse("/"));
  }

  private static int mode(TomlTable t) {
    String text = required(t, "mode");
    if (!text.matches("[0-7]{3,4}")) {
      throw malformed("mode", "is no text of three or four octal digits");
    }
    return Integer.parseInt(text, 8);
  }

  /** Relative, and inside. */
  private static String path(String text) {
    String path = text.startsWith("/") ? text.substring(1) : text;
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw malformed("path", "is no plain path: " + text);
      }
    }
    return path;
  }

  private static List<TomlTable> tables(TomlTable t, String key) {
    if (!t.contains(List.of(key))) {
      return List.of();
    }
    if (!(t.get(List.of(key)) instanceof TomlArray array)) {
      throw malformed(key, "is no list of tables");
    }
    List<TomlTable> tables = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof TomlTable table)) {
        throw malformed(key, "has an item that is no table");
      }
      tables.add(table);
    }
    return tables;
  }

  private static List<String> strings(TomlTable t, String key) {
    if (!t.contains(List.of(key))) {
      return List.of();
    }
    if (!(t.get(List.of(key)) instanceof TomlArray array)) {
      throw malformed(key, "is no list");
    }
    List<String> strings = new ArrayList<>();
    for (Object item : array.toList()) {
      if (!(item instanceof String s)) {
        throw malformed(key, "has an item that is no text");
      }
      strings.add(s);
    }
    return strings;
  }

  private static String required(TomlTable t, String key) {
    return text(t, key).orElseThrow(() -> malformed(key, "is missing"));
  }

  private static Optional<String> text(TomlTable t, String key) {
    Object value = t.get(List.of(key));
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String s)) {
      throw malformed(key, "is no text");
    }
    return Optional.of(s);
  }

  private static void only(TomlTable t, String... keys) {
    for (String key : t.keySet()) {
      if (!Set.of(keys).contains(key)) {
        throw malformed(key, "is no key of this form");
      }
    }
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException("image definition", field, -1, problem);
  }
}
