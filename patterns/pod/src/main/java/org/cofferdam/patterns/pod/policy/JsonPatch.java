// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/** RFC 6902: the operations of a JSON Patch on a document. */
public final class JsonPatch {
  private JsonPatch() {}

  /**
   * The document with all operations applied, in order.
   *
   * @throws MalformedEvidenceException where the patch has not the form, or names what is not there
   */
  public static Json apply(Json document, Json patch) {
    Json result = document;
    for (Json item : patch.asArray("patch")) {
      Json.Obj operation = item.asObject("patch");
      List<String> path = steps(operation.string("path"));
      result =
          switch (operation.string("op")) {
            case "add" -> edit(result, path, 0, Edit.ADD, operation.require("value"));
            case "replace" -> edit(result, path, 0, Edit.REPLACE, operation.require("value"));
            case "remove" -> edit(result, path, 0, Edit.REMOVE, Json.Null.NULL);
            case "move" -> {
              List<String> from = steps(operation.string("from"));
              Json value = value(result, from);
              yield edit(
                  edit(result, from, 0, Edit.REMOVE, Json.Null.NULL), path, 0, Edit.ADD, value);
            }
            case "copy" ->
                edit(result, path, 0, Edit.ADD, value(result, steps(operation.string("from"))));
            case "test" -> {
              if (!value(result, path).equals(operation.require("value"))) {
                throw malformed(operation.string("path"), "is not what the patch expects");
              }
              yield result;
            }
            default -> throw malformed("op", "is no operation of RFC 6902");
          };
    }
    return result;
  }

  private enum Edit {
    ADD,
    REPLACE,
    REMOVE
  }

  private static Json edit(Json at, List<String> path, int depth, Edit edit, Json value) {
    if (path.size() == depth) {
      if (edit == Edit.REMOVE) {
        throw malformed("path", "removes the whole document");
      }
      return value;
    }
    String step = path.get(depth);
    boolean last = path.size() == depth + 1;
    if (at instanceof Json.Obj object) {
      Map<String, Json> members = new LinkedHashMap<>(object.members());
      Json old = members.get(step);
      if (old == null && !(last && edit == Edit.ADD)) {
        throw malformed(step, "is not there");
      }
      if (last && edit == Edit.REMOVE) {
        members.remove(step);
      } else {
        members.put(step, last || old == null ? value : edit(old, path, depth + 1, edit, value));
      }
      return new Json.Obj(members);
    }
    if (at instanceof Json.Arr array) {
      List<Json> items = new ArrayList<>(array.items());
      boolean append = last && edit == Edit.ADD && step.equals("-");
      int index = append ? items.size() : index(step, items.size(), last && edit == Edit.ADD);
      if (!last) {
        items.set(index, edit(items.get(index), path, depth + 1, edit, value));
      } else {
        switch (edit) {
          case ADD -> items.add(index, value);
          case REPLACE -> items.set(index, value);
          case REMOVE -> items.remove(index);
        }
      }
      return new Json.Arr(items);
    }
    throw malformed(step, "is below a value that is neither object nor array");
  }

  private static Json value(Json document, List<String> path) {
    Json at = document;
    for (String step : path) {
      at =
          switch (at) {
            case Json.Obj object -> object.require(step);
            case Json.Arr array -> array.items().get(index(step, array.items().size(), false));
            default -> throw malformed(step, "is not there");
          };
    }
    return at;
  }

  private static int index(String step, int size, boolean end) {
    if (step.matches("0|[1-9][0-9]{0,8}")) {
      int index = Integer.parseInt(step);
      if (index < size || (end && index == size)) {
        return index;
      }
    }
    throw malformed(step, "is no index of the array");
  }

  private static List<String> steps(String pointer) {
    if (pointer.isEmpty()) {
      return List.of();
    }
    if (!pointer.startsWith("/")) {
      throw malformed(pointer, "is no JSON pointer");
    }
    List<String> steps = new ArrayList<>();
    for (String step : pointer.substring(1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return steps;
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException("JSON patch", field, -1, problem);
  }
}
