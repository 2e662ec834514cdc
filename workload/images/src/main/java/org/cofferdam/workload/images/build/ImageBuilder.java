// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.Descriptor;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.images.layout.OciLayoutWriter;
import org.cofferdam.workload.images.tar.TarEntry;
import org.cofferdam.workload.images.tar.TarWriter;

/**
 * Builds an image without a daemon: one layer for the packages, one for everything else, both
 * uncompressed. Equal packages and files give equal bytes: members are sorted, times are 0, the
 * owner is root.
 */
public final class ImageBuilder {
  private final PackageSource packages;

  public ImageBuilder(PackageSource packages) {
    this.packages = packages;
  }

  /**
   * @param definition what goes in
   * @param base folder of the definition's files
   * @param layout folder for the result, an OCI image layout with this one image
   * @return digest of the manifest
   */
  public OciDigest build(ImageDefinition definition, Path base, Path layout) throws IOException {
    OciLayoutWriter writer = new OciLayoutWriter(layout);
    List<Descriptor> layers = new ArrayList<>();
    for (Map<String, DebFile.Member> tree :
        List.of(packages(definition), files(definition, base))) {
      if (!tree.isEmpty()) {
        layers.add(writer.add(Descriptor.LAYER, tar(tree)));
      }
    }
    Descriptor config = writer.add(Descriptor.CONFIG, config(definition.config(), layers));
    Json manifest =
        Json.object()
            .put("schemaVersion", 2)
            .put("mediaType", Descriptor.MANIFEST)
            .put("config", config.toJson())
            .put("layers", Json.array(layers.stream().map(Descriptor::toJson).toList()))
            .build();
    Descriptor entry = writer.add(Descriptor.MANIFEST, bytes(manifest));
    writer.name(entry, definition.reference());
    writer.finish();
    return entry.digest();
  }

  private Map<String, DebFile.Member> packages(ImageDefinition definition) throws IOException {
    Map<String, DebFile.Member> tree = new TreeMap<>();
    for (ImageDefinition.DebianPackage wanted : definition.packages()) {
      Map<String, DebFile.Member> members =
          DebFile.read(packages.fetch(wanted.name()), wanted.paths());
      for (String path : wanted.paths()) {
        if (!members.containsKey(path)) {
          throw new IOException("the package " + wanted.name() + " has no " + path);
        }
      }
      tree.putAll(members);
    }
    for (String name : List.of("bin", "sbin", "lib", "lib64")) {
      if (tree.containsKey("usr/" + name)) {
        put(tree, TarEntry.symbolicLink(name, "usr/" + name), new byte[0]);
      }
    }
    return tree;
  }

  private static Map<String, DebFile.Member> files(ImageDefinition definition, Path base)
      throws IOException {
    Map<String, DebFile.Member> tree = new TreeMap<>();
    for (ImageDefinition.Folder folder : definition.folders()) {
      put(tree, TarEntry.folder(folder.path(), folder.mode()), new byte[0]);
    }
    for (ImageDefinition.File file : definition.files()) {
      byte[] content = Files.readAllBytes(base.resolve(file.from()));
      put(tree, TarEntry.file(file.to(), file.mode(), content.length), content);
    }
    for (ImageDefinition.Link link : definition.links()) {
      put(tree, TarEntry.symbolicLink(link.path(), link.to()), new byte[0]);
    }
    return tree;
  }

  private static void put(Map<String, DebFile.Member> tree, TarEntry entry, byte[] content) {
    String path = entry.path();
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      TarEntry parent = TarEntry.folder(path.substring(0, slash), 0755);
      tree.putIfAbsent(parent.path(), new DebFile.Member(parent, new byte[0]));
    }
    tree.put(path, new DebFile.Member(entry, content));
  }

  private static byte[] tar(Map<String, DebFile.Member> tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter(out);
    for (DebFile.Member member : tree.values()) {
      tar.add(member.entry(), member.content());
    }
    tar.finish();
    return out.toByteArray();
  }

  private static byte[] config(ImageDefinition.Config config, List<Descriptor> layers) {
    Json.Builder run =
        Json.object()
            .put("Entrypoint", Json.strings(config.entrypoint()))
            .put("Cmd", Json.strings(config.command()))
            .put("Env", Json.strings(config.env()))
            .put("WorkingDir", config.directory());
    if (!config.user().isEmpty()) {
      run.put("User", config.user());
    }
    return bytes(
        Json.object()
            .put("architecture", "amd64")
            .put("os", "linux")
            .put("config", run.build())
            .put(
                "rootfs",
                Json.object()
                    .put("type", "layers")
                    .put(
                        "diff_ids",
                        Json.strings(layers.stream().map(l -> l.digest().toString()).toList()))
                    .build())
            .build());
  }

  private static byte[] bytes(Json json) {
    return json.write().getBytes(StandardCharsets.UTF_8);
  }
}
