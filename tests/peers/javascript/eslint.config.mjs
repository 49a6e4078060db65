// ESLint for the JavaScript of the store's pages. Names and types are the business of TypeScript's checker.
import js from "@eslint/js";

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "off",
      "no-empty": ["error", { allowEmptyCatch: false }],
      "complexity": ["error", 10],
      "curly": ["error", "multi-line"],
      "default-case-last": "error",
      "eqeqeq": "error",
      "max-lines": ["error", 300],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": ["error",
        { property: "innerHTML", message: "values are set as text" }, { property: "outerHTML", message: "values are set as text" },
        { property: "insertAdjacentHTML", message: "values are set as text" }],
      "no-restricted-globals": ["error", "event", "name", "status"],
      "no-shadow": "error",
      "no-throw-literal": "error",
      "no-unused-vars": ["error", { args: "all", caughtErrors: "all", argsIgnorePattern: "^_" }],
      "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
      "radix": "error",
    },
  },
];
