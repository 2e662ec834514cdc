// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;

/**
 * A pod taken apart: the main container with its init containers is the unit that is attested,
 * every other container is a helper outside of it.
 *
 * @param unit document of what runs inside, of the form of {@code pod.json}
 * @param helpers one such document for each helper, by its name
 */
record Split(Json.Obj unit, Map<String, Json.Obj> helpers) {

  /**
   * @param main name of the main container
   */
  static Split of(Json.Obj pod, String main) {
    List<Json> inside = new ArrayList<>();
    Map<String, Json.Obj> helpers = new LinkedHashMap<>();
    for (Json item : pod.array("containers")) {
      Json.Obj container = item.asObject("container");
      if (container.string("name").equals(main)) {
        inside.add(container);
      } else {
        helpers.put(container.string("name"), with(pod, List.of(), List.of(container)));
      }
    }
    return new Split(with(pod, pod.array("initContainers"), inside), helpers);
  }

  private static Json.Obj with(Json.Obj pod, List<Json> init, List<Json> containers) {
    Map<String, Json> members = new LinkedHashMap<>(pod.members());
    members.put("initContainers", Json.array(init));
    members.put("containers", Json.array(containers));
    return new Json.Obj(members);
  }
}
