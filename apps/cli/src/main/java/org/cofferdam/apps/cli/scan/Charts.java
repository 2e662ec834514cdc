// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.util.List;

/** Bars as inline SVG. */
final class Charts {
  private static final int LEFT = 96;
  private static final int BAR = 250;
  private static final int ROW = 30;

  private Charts() {}

  /**
   * One row of a chart.
   *
   * @param label in front
   * @param parts lengths of the parts of the bar, in the order of {@code classes}
   */
  record Row(String label, List<Long> parts) {
    Row {
      parts = List.copyOf(parts);
    }

    long total() {
      return parts.stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Stacked bars; each part carries its number.
   *
   * @param classes style of each part
   */
  static String bars(List<Row> rows, List<String> classes) {
    long most = Math.max(1, rows.stream().mapToLong(Row::total).max().orElse(1));
    StringBuilder svg = new StringBuilder();
    svg.append("<svg role=\"img\" viewBox=\"0 0 ")
        .append(LEFT + BAR + 40)
        .append(' ')
        .append(rows.size() * ROW)
        .append("\" width=\"100%\">");
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      int y = i * ROW;
      text(svg, 0, y + 19, "", row.label());
      double x = LEFT;
      for (int p = 0; p < row.parts().size(); p++) {
        double length = BAR * (double) row.parts().get(p) / most;
        if (length > 0) {
          svg.append(
              "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"20\" rx=\"3\"/>"
                  .formatted(classes.get(p), x, y + 4, Math.max(1, length - 1)));
          if (length > 18) {
            svg.append(
                "<text x=\"%.1f\" y=\"%d\" style=\"fill:#fff\" text-anchor=\"middle\">%d</text>"
                    .formatted(x + length / 2, y + 19, row.parts().get(p)));
          }
        }
        x += length;
      }
      text(svg, (int) x + 6, y + 19, "t", Long.toString(row.total()));
    }
    return svg.append("</svg>").toString();
  }

  private static void text(StringBuilder svg, int x, int y, String style, String text) {
    svg.append("<text x=\"%d\" y=\"%d\" class=\"%s\">".formatted(x, y, style))
        .append(HtmlReport.escape(text))
        .append("</text>");
  }
}
