// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images;

import java.util.Map;
import java.util.TreeMap;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * A reference to a blob (OCI image-spec, descriptor.md).
 *
 * @param mediaType as registered
 * @param digest of the blob
 * @param size of the blob in bytes
 * @param annotations free texts
 */
public record Descriptor(
    String mediaType, OciDigest digest, long size, Map<String, String> annotations) {
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  public static final String LAYER_GZIP = LAYER + "+gzip";
  public static final String DOCKER_LAYER_GZIP =
      "application/vnd.docker.image.rootfs.diff.tar.gzip";
  public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  public static final String DOCKER_INDEX =
      "application/vnd.docker.distribution.manifest.list.v2+json";

  /** Annotation of an index entry that names the image. */
  public static final String REF_NAME = "org.opencontainers.image.ref.name";

  public Descriptor {
    annotations = Map.copyOf(annotations);
  }

  public static Descriptor of(String mediaType, byte[] blob) {
    return new Descriptor(mediaType, OciDigest.of(blob), blob.length, Map.of());
  }

  /**
   * @throws MalformedEvidenceException where it does not have the form
   */
  public static Descriptor fromJson(Json json) {
    Json.Obj o = json.asObject("descriptor");
    long size = o.integer("size");
    if (size < 0) {
      throw new MalformedEvidenceException("OCI descriptor", "size", -1, "is negative");
    }
    Map<String, String> annotations = new TreeMap<>();
    o.get("annotations")
        .ifPresent(
            a ->
                a.asObject("annotations")
                    .members()
                    .forEach((k, v) -> annotations.put(k, v.asString("annotations"))));
    return new Descriptor(
        o.string("mediaType"), OciDigest.parse(o.string("digest")), size, annotations);
  }

  public Json.Obj toJson() {
    Json.Builder json =
        Json.object()
            .put("mediaType", mediaType)
            .put("digest", digest.toString())
            .put("size", size);
    if (!annotations.isEmpty()) {
      Json.Builder texts = Json.object();
      new TreeMap<>(annotations).forEach((k, v) -> texts.put(k, Json.of(v)));
      json.put("annotations", texts.build());
    }
    return json.build();
  }
}
