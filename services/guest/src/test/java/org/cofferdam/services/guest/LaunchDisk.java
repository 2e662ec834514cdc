// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.guest.kbs.TestBroker;
import org.cofferdam.services.guest.tar.TarWriter;

/** A pod disk with one busybox image, to be changed before it is written. */
final class LaunchDisk {
  final Map<String, byte[]> files = new LinkedHashMap<>();
  final String image;
  final String layer;

  LaunchDisk() throws IOException {
    byte[] busybox = Files.readAllBytes(Path.of("/bin/busybox"));
    TarWriter root =
        new TarWriter()
            .folder("bin")
            .folder("etc")
            .folder("tmp")
            .file("bin/busybox", 0755, busybox);
    for (String name : new String[] {"sh", "httpd", "id", "cat", "sleep", "touch", "hostname"}) {
      root.symbolicLink("bin/" + name, "busybox");
    }
    layer = blob(root.bytes());
    String config = blob("{}".getBytes(StandardCharsets.UTF_8));
    Json manifest =
        Json.object()
            .put("schemaVersion", 2)
            .put("config", descriptor("application/vnd.oci.image.config.v1+json", config))
            .put(
                "layers",
                Json.array(List.of(descriptor("application/vnd.oci.image.layer.v1.tar", layer))))
            .build();
    image = blob(manifest.write().getBytes(StandardCharsets.UTF_8));
  }

  /** A pod that takes a variable and a file as secrets and answers over HTTP. */
  String pod(int port) {
    String template =
        """
        {"version":1,"namespace":"default","name":"orders","hostname":"orders",
         "volumes":[{"name":"shared","kind":"emptyDir","sizeBytes":1048576}],
         "initContainers":[{"name":"prepare",ARGS0,"env":["PATH=/bin"],"cwd":"/","uid":1000,
           "gid":1000,"groups":[],"readOnlyRootfs":true,"capabilities":[],
           "noNewPrivileges":true,
           "mounts":[{"volume":"shared","path":"/shared","readOnly":false}],
           "resources":{"cpuMillis":null,"memoryBytes":null},"secrets":[],"ports":[],
           "image":"sha256:IMAGE"}],
         "containers":[{"name":"orders",ARGS1,"env":["PATH=/bin","GREETING=hello"],
           "cwd":"/tmp","uid":0,"gid":0,"groups":[7],"readOnlyRootfs":false,
           "capabilities":["CAP_NET_BIND_SERVICE"],"noNewPrivileges":true,
           "mounts":[{"volume":"shared","path":"/shared","readOnly":true}],
           "resources":{"cpuMillis":500,"memoryBytes":67108864},
           "secrets":[{"resource":"default/db/password","env":"DB_PASSWORD"},
            {"resource":"default/db/key","file":"/etc/secrets/key","mode":256}],"ports":[PORT],
           "image":"sha256:IMAGE"}]}
        """;
    String prepare = "id -u > /shared/ready; touch /no 2>/dev/null || echo read-only";
    String serve =
        "cat /shared/ready; echo $GREETING $DB_PASSWORD; cat /etc/secrets/key; pwd; id -G;"
            + " touch /shared/no 2>/dev/null || echo volume-read-only;"
            // The limit as either version of cgroups shows it.
            + " cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes"
            + " 2>/dev/null; exec httpd -f -p 127.0.0.1:PORT";
    return template
        .replace("ARGS0", args(prepare))
        .replace("ARGS1", args(serve))
        .replace("PORT", Integer.toString(port))
        .replace("IMAGE", image);
  }

  void initData(TestBroker broker, boolean logs, String pod) {
    String text =
        """
        version = "0.1.0"
        algorithm = "sha256"
        [data]
        "cofferdam.toml" = '''
        workload = "default/orders"
        broker_key = "sha256:KEY"
        logs = LOGS
        '''
        "pod.json" = '''
        POD'''
        """
            .replace("KEY", Hex.encode(broker.pin()))
            .replace("LOGS", Boolean.toString(logs))
            .replace("POD", pod);
    files.put("initdata.toml", text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] file(String name) {
    return files.getOrDefault(name, new byte[0]);
  }

  void request(String pod) {
    files.put("request.json", pod.getBytes(StandardCharsets.UTF_8));
  }

  void routing(TestBroker broker) {
    String url = "https://" + broker.address().host() + ":" + broker.address().port();
    String json = Json.object().put("url", url).build().write();
    files.put("broker.json", json.getBytes(StandardCharsets.UTF_8));
  }

  Path write(Path place) throws IOException {
    TarWriter tar = new TarWriter().folder("./");
    files.forEach((name, content) -> tar.file("./" + name, content));
    return Files.write(place, tar.bytes());
  }

  private String blob(byte[] content) {
    String digest = Hex.encode(Digests.sha256(content));
    files.put("images/blobs/sha256/" + digest, content);
    return digest;
  }

  private Json descriptor(String mediaType, String digest) {
    byte[] content = file("images/blobs/sha256/" + digest);
    return Json.object()
        .put("mediaType", mediaType)
        .put("digest", "sha256:" + digest)
        .put("size", content.length)
        .build();
  }

  private static String args(String script) {
    return "\"args\":" + Json.strings(List.of("sh", "-c", script)).write();
  }
}
