/* What base-manager asks of sanitize-html, done by the browser's own parser. */
import purify from "dompurify";

/** @type {(html: string, allowed: { allowedTags: string[], allowedAttributes: Record<string, string[]> }) => string} */
export const sanitize = (html, { allowedTags, allowedAttributes }) =>
  purify.sanitize(html, {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: [...new Set(Object.values(allowedAttributes).flat())],
  });
