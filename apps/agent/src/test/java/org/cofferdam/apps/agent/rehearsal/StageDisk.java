// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.agent.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.services.guest.container.Programs;

/** A pod disk with everything that a pod can ask for, and an image of one empty folder. */
final class StageDisk {
  private final Path folder;

  /**
   * @param folder an empty one
   */
  StageDisk(Path folder) {
    this.folder = folder;
  }

  Path pack(int port, byte[] pin) throws IOException {
    Path pod = Files.createDirectories(folder.resolve("pod"));
    Path blobs = Files.createDirectories(pod.resolve("images/blobs/sha256"));
    Path layer = folder.resolve("layer.tar");
    Path root = Files.createDirectories(folder.resolve("root/tmp"));
    Files.writeString(root.resolve("file"), "x");
    Files.createSymbolicLink(root.resolve("link"), Path.of("file"));
    tar(layer, folder.resolve("root"));
    String layerDigest = blob(blobs, Files.readAllBytes(layer));
    String config = blob(blobs, "{}".getBytes(StandardCharsets.UTF_8));
    String manifest =
        """
        {"config":{"digest":"sha256:%s"},"layers":[{"digest":"sha256:%s",
         "mediaType":"application/vnd.oci.image.layer.v1.tar"}]}"""
            .formatted(config, layerDigest);
    String image = blob(blobs, manifest.getBytes(StandardCharsets.UTF_8));
    String request =
        """
        {"version":1,"namespace":"a","name":"a","hostname":"a",
         "volumes":[{"name":"v","kind":"emptyDir","sizeBytes":4096}],
         "initContainers":[%s],"containers":[%s]}"""
            .formatted(container("i", image, port), container("c", image, port));
    Files.writeString(pod.resolve("request.json"), request);
    Files.writeString(pod.resolve("broker.json"), "{\"url\":\"https://127.0.0.1:" + port + "\"}");
    Files.writeString(
        pod.resolve("initdata.toml"),
        """
        version = "0.1.0"
        algorithm = "sha256"
        [data]
        "cofferdam.toml" = '''
        workload = "a/a"
        broker_key = "sha256:%s"
        logs = true
        '''
        "pod.json" = '''%s'''
        """
            .formatted(Hex.encode(pin), request));
    Path disk = folder.resolve("disk");
    tar(disk, pod);
    return disk;
  }

  private String container(String name, String image, int port) throws IOException {
    return """
        {"name":"%s","image":"sha256:%s","args":["a"],"env":["A=b"],"cwd":"/","uid":%s,"gid":%s,
         "groups":[1],"readOnlyRootfs":true,"capabilities":["CAP_CHOWN"],"noNewPrivileges":true,
         "mounts":[{"volume":"v","path":"/v","readOnly":true}],
         "resources":{"cpuMillis":1,"memoryBytes":1},
         "secrets":[{"resource":"a/a/a","env":"S"},{"resource":"a/a/a","file":"/s","mode":256}],
         "ports":[%d]}"""
        .formatted(
            name,
            image,
            Files.getAttribute(folder, "unix:uid"),
            Files.getAttribute(folder, "unix:gid"),
            port);
  }

  private static String blob(Path blobs, byte[] content) throws IOException {
    String digest = Hex.encode(Digests.sha256(content));
    Files.write(blobs.resolve(digest), content);
    return digest;
  }

  private static void tar(Path archive, Path folder) throws IOException {
    Programs.SYSTEM.run(
        "tar",
        "--format=ustar",
        "--owner=0",
        "--group=0",
        "-cf",
        archive.toString(),
        "-C",
        folder.toString(),
        ".");
  }
}
