/**
 * Which pattern answers a trust question: a questionnaire, rules as data, and the engine over both.
 */
@NullMarked
package org.cofferdam.workload.advisor.advise;

import org.jspecify.annotations.NullMarked;
