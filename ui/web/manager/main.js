// Composition: configuration, state, screen.

import { App } from "./app.js";
import { Hall } from "./hall.js";
import { createApp, h } from "./vue.js";

const hall = new Hall(window);
createApp({ render: () => h(App, { hall }) }).mount("#app");
hall.start();
