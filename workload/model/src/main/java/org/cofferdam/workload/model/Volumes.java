// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.ArrayList;
import java.util.List;

/** Volumes and mounts of a made pod, from the short forms of containers tools. */
final class Volumes {
  private final List<Node> volumes = new ArrayList<>();
  private final List<Node> mounts = new ArrayList<>();

  /** The form {@code source:target[:options]}; a target alone is an anonymous volume. */
  void add(Node at, String text) {
    String[] parts = text.split(":", -1);
    if (parts.length == 1) {
      anonymous(at, parts[0]);
    } else {
      boolean readOnly = parts.length > 2 && List.of(parts[2].split(",", -1)).contains("ro");
      add(at, parts[0], parts[1], readOnly);
    }
  }

  /** A folder of the host where the source is a path, a named volume otherwise. */
  void add(Node at, String source, String target, boolean readOnly) {
    boolean host =
        source.startsWith("/")
            || source.startsWith(".")
            || source.startsWith("~")
            || source.startsWith("%")
            || source.startsWith("${PWD}");
    Made kind = Made.object(at).put(host ? "path" : "claimName", source);
    add(at, host ? "hostPath" : "persistentVolumeClaim", kind, target, readOnly);
  }

  void anonymous(Node at, String target) {
    add(at, "emptyDir", Made.object(at), target, false);
  }

  void memory(Node at, String target) {
    add(at, "emptyDir", Made.object(at).put("medium", "Memory"), target, false);
  }

  void add(Node at, String kind, Made source, String target, boolean readOnly) {
    String name = "v" + volumes.size();
    volumes.add(Made.object(at).put("name", name).put(kind, source).build());
    Made mount = Made.object(at).put("name", name).put("mountPath", target);
    if (readOnly) {
      mount.put("readOnly", Made.plain(at, "true"));
    }
    mounts.add(mount.build());
  }

  void into(Node at, Made container, Made spec) {
    if (!volumes.isEmpty()) {
      container.put("volumeMounts", Made.list(at, mounts));
      spec.put("volumes", Made.list(at, volumes));
    }
  }
}
