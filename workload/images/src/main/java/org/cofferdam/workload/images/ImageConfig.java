// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * How an image wants to be run (OCI image-spec, config.md). Docker's form is the same where it
 * matters.
 *
 * @param os for example {@code linux}
 * @param architecture by Go's names, for example {@code amd64}
 * @param entrypoint empty where there is none
 * @param command default arguments, or the whole command without an entrypoint
 * @param env {@code NAME=VALUE} each
 * @param user {@code user}, {@code uid}, {@code user:group} and so on; empty for root
 * @param workingDirectory {@code /} where not stated
 * @param volumes paths that the image declares as volumes
 * @param diffIds digests of the uncompressed layers, bottom first
 */
public record ImageConfig(
    String os,
    String architecture,
    List<String> entrypoint,
    List<String> command,
    List<String> env,
    String user,
    String workingDirectory,
    List<String> volumes,
    List<OciDigest> diffIds) {
  public ImageConfig {
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
    env = List.copyOf(env);
    volumes = List.copyOf(volumes);
    diffIds = List.copyOf(diffIds);
  }

  /**
   * Reads a configuration blob; members that no rule here needs are passed over.
   *
   * @throws MalformedEvidenceException where it does not have the form
   */
  public static ImageConfig parse(byte[] blob) {
    Json.Obj root = Json.parse(blob).asObject("image configuration");
    Json.Obj config =
        member(root, "config").map(c -> c.asObject("config")).orElse(Json.object().build());
    List<OciDigest> diffIds = new ArrayList<>();
    for (Json id : root.object("rootfs").array("diff_ids")) {
      diffIds.add(OciDigest.parse(id.asString("diff_ids")));
    }
    String directory = text(config, "WorkingDir");
    return new ImageConfig(
        root.string("os"),
        root.string("architecture"),
        texts(config, "Entrypoint"),
        texts(config, "Cmd"),
        texts(config, "Env"),
        text(config, "User"),
        directory.isEmpty() ? "/" : directory,
        member(config, "Volumes")
            .map(v -> List.copyOf(v.asObject("Volumes").members().keySet()))
            .orElse(List.of()),
        diffIds);
  }

  private static String text(Json.Obj owner, String name) {
    return member(owner, name).map(v -> v.asString(name)).orElse("");
  }

  private static List<String> texts(Json.Obj owner, String name) {
    return member(owner, name)
        .map(v -> v.asArray(name).stream().map(i -> i.asString(name)).toList())
        .orElse(List.of());
  }

  /** Docker writes {@code null} for what is absent. */
  private static Optional<Json> member(Json.Obj owner, String name) {
    return owner.get(name).filter(v -> v != Json.Null.NULL);
  }
}
