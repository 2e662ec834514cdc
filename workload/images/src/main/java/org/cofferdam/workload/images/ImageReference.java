// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * The name of an image as people write it, with the defaults of the container tools filled in.
 *
 * @param registry host, with port where given; {@code docker.io} where none was written
 * @param repository path, with {@code library/} in front of Docker Hub's short names
 * @param tag as written, {@code latest} where neither tag nor digest was, empty beside a digest
 *     alone
 * @param digest where pinned
 */
public record ImageReference(
    String registry, String repository, String tag, Optional<OciDigest> digest) {
  private static final int MAX_LENGTH = 512;
  private static final Pattern FORM =
      Pattern.compile(
          "(?<path>[a-zA-Z0-9][a-zA-Z0-9.-]*(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*)"
              + "(:(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?"
              + "(@(?<digest>sha256:[0-9a-f]{64}))?");
  private static final Pattern REPOSITORY =
      Pattern.compile("[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*");

  /**
   * @throws MalformedEvidenceException where the text is no image reference
   */
  public static ImageReference parse(String text) {
    String pathAndTag = text.contains("/") ? text : "docker.io/library/" + text;
    Matcher matcher = FORM.matcher(pathAndTag);
    if (text.length() > MAX_LENGTH || !matcher.matches()) {
      throw malformed("is no image reference");
    }
    String path = matcher.group("path");
    int slash = path.indexOf('/');
    String first = path.substring(0, slash < 0 ? path.length() : slash);
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    String registry = host ? first : "docker.io";
    String repository = host && slash > 0 ? path.substring(slash + 1) : path;
    if (registry.equals("docker.io") && !repository.contains("/")) {
      repository = "library/" + repository;
    }
    if (!REPOSITORY.matcher(repository).matches()) {
      throw malformed("has no repository in lower case");
    }
    Optional<OciDigest> digest = Optional.ofNullable(matcher.group("digest")).map(OciDigest::parse);
    String tag = matcher.group("tag");
    return new ImageReference(
        registry, repository, tag != null ? tag : digest.isPresent() ? "" : "latest", digest);
  }

  /** The full name without tag and digest. */
  public String name() {
    return registry + "/" + repository;
  }

  /** The same image by this digest; the tag is dropped, since it no longer decides anything. */
  public ImageReference pinned(OciDigest to) {
    return new ImageReference(registry, repository, "", Optional.of(to));
  }

  @Override
  public String toString() {
    return name() + (tag.isEmpty() ? "" : ":" + tag) + digest.map(d -> "@" + d).orElse("");
  }

  private static MalformedEvidenceException malformed(String problem) {
    return new MalformedEvidenceException("image reference", "text", -1, problem);
  }
}
