// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.Accounts;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.images.ImageSource;
import org.cofferdam.workload.images.OciDigest;

/**
 * Facts of images from a file: {@code {"images": {REFERENCE: {"entrypoint", "cmd", "env",
 * "workingDir", "user", "volumes", "passwd", "group"}}}}. Rows of {@code passwd} and {@code group}
 * are lines of these files, or say {@code uid N has primary gid M} and {@code gid N lists USER as a
 * member}.
 */
public final class ImageFactsFile implements ImageFacts.Catalog {
  private static final Pattern PASSWD =
      Pattern.compile(
          "(?<name>[a-z_][a-z0-9_-]*)? ?uid (?<uid>[0-9]{1,10})\\b.*?gid (?<gid>[0-9]{1,10})\\b.*");
  private static final Pattern GROUP =
      Pattern.compile("gid (?<gid>[0-9]{1,10}) lists (?<name>[a-z_][a-z0-9_-]*)\\b.*");

  private final Map<String, ImageFacts> images = new LinkedHashMap<>();

  private ImageFactsFile() {}

  /**
   * @throws MalformedEvidenceException where the document has not the form
   */
  public static ImageFactsFile parse(byte[] json) {
    ImageFactsFile file = new ImageFactsFile();
    Json.parse(json)
        .asObject("images file")
        .object("images")
        .members()
        .forEach((name, value) -> file.images.put(name, facts(value.asObject(name))));
    return file;
  }

  /** The same for images that are here as a whole. */
  public static ImageFacts.Catalog of(ImageSource source) {
    return text -> {
      try {
        return source.find(ImageReference.parse(text)).map(ImageFacts::of);
      } catch (MalformedEvidenceException e) {
        return Optional.empty();
      }
    };
  }

  @Override
  public Optional<ImageFacts> find(String reference) {
    ImageFacts exact = images.get(reference);
    if (exact != null) {
      return Optional.of(exact);
    }
    Optional<ImageReference> wanted = parsed(reference);
    return wanted.flatMap(
        w ->
            images.entrySet().stream()
                .filter(e -> parsed(e.getKey()).filter(k -> same(w, k)).isPresent())
                .map(Map.Entry::getValue)
                .findFirst());
  }

  /** With a digest on both sides the tag decides nothing. */
  private static boolean same(ImageReference wanted, ImageReference known) {
    if (!wanted.name().equals(known.name())) {
      return false;
    }
    return (wanted.digest().isPresent() && known.digest().isPresent())
        ? wanted.digest().equals(known.digest())
        : wanted.digest().isEmpty() && wanted.tag().equals(known.tag());
  }

  private static Optional<ImageReference> parsed(String text) {
    try {
      return Optional.of(ImageReference.parse(text));
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  private static ImageFacts facts(Json.Obj image) {
    String directory = text(image, "workingDir");
    return new ImageFacts(
        texts(image, "entrypoint"),
        texts(image, "cmd"),
        texts(image, "env"),
        directory.isEmpty() ? "/" : directory,
        text(image, "user"),
        texts(image, "volumes"),
        accounts(texts(image, "passwd"), texts(image, "group")),
        image
            .get("digest")
            .filter(v -> v != Json.Null.NULL)
            .map(v -> OciDigest.parse(v.asString("digest"))));
  }

  private static Accounts accounts(List<String> passwd, List<String> group) {
    Accounts lines = Accounts.parse(String.join("\n", passwd), String.join("\n", group));
    List<Accounts.User> users = new ArrayList<>(lines.users());
    List<Accounts.Group> groups = new ArrayList<>(lines.groups());
    for (String row : passwd) {
      Matcher m = PASSWD.matcher(row);
      if (m.matches()) {
        String name = m.group("name") == null ? "" : m.group("name");
        users.add(
            new Accounts.User(
                name, Long.parseLong(m.group("uid")), Long.parseLong(m.group("gid"))));
      }
    }
    for (String row : group) {
      Matcher m = GROUP.matcher(row);
      if (m.matches()) {
        groups.add(
            new Accounts.Group("", Long.parseLong(m.group("gid")), List.of(m.group("name"))));
      }
    }
    return new Accounts(users, groups);
  }

  private static String text(Json.Obj owner, String name) {
    return owner.get(name).filter(v -> v != Json.Null.NULL).map(v -> v.asString(name)).orElse("");
  }

  private static List<String> texts(Json.Obj owner, String name) {
    return owner
        .get(name)
        .filter(v -> v != Json.Null.NULL)
        .map(v -> v.asArray(name).stream().map(i -> i.asString(name)).toList())
        .orElse(List.of());
  }
}
