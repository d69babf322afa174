/**
 * The `test` of the journeys: each gets the one running product, its API as the demo's owner, and what is behind it.
 * Whoever adds a fixture of a worker's scope gets a product of their own, which takes ten seconds: `beforeAll` does not.
 */
import Anthropic, { type ClientOptions } from "@anthropic-ai/sdk";
import { test as base } from "@playwright/test";
import { type Api, connectApi } from "./api.ts";
import { type Backstage, openBackstage } from "./backstage.ts";
import { Screens } from "./hands/screens.ts";
import { type Product, startProduct } from "./product.ts";
import "./resolve-tenants.ts";

interface PerSuite {
  /** Started once; a failed test gets the next ones a fresh one. */
  readonly product: Product;
  readonly api: Api;
  readonly backstage: Backstage;
  readonly screens: Screens;
  /** The real SDK on the demo's own address, with the demo's key; it tries once. */
  readonly anthropic: (options?: ClientOptions) => Anthropic;
}

/** On every answer of the gateway: the id of the call's record. */
export const REQUEST_ID_HEADER = "x-yolo-request-id";

/** The first start builds the dashboard. */
const START_MS = 240_000;

export const test = base.extend<object, PerSuite>({
  product: [
    async ({ playwright: _ }, use) => {
      await using product = await startProduct();
      await use(product);
    },
    { scope: "worker", timeout: START_MS },
  ],
  api: [
    async ({ product }, use) => {
      await use(connectApi(product.ready.dashboard, product.ready.apiToken));
    },
    { scope: "worker" },
  ],
  backstage: [
    async ({ product }, use) => {
      await using backstage = openBackstage(product.data);
      await use(backstage);
    },
    { scope: "worker" },
  ],
  screens: [
    async ({ browser, product }, use) => {
      await using screens = new Screens(browser, product.ready);
      await use(screens);
    },
    { scope: "worker" },
  ],
  anthropic: [
    async ({ product }, use) => {
      const { tenant: baseURL, agentKey: apiKey } = product.ready;
      await use(
        (options) =>
          new Anthropic({
            baseURL,
            apiKey,
            authToken: null,
            maxRetries: 0,
            ...options,
          }),
      );
    },
    { scope: "worker" },
  ],
});
