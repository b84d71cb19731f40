/** The demo application and the npm package, used in a real Chromium as a person would. */
@NullMarked
package org.weftdb.browser;

import org.jspecify.annotations.NullMarked;
