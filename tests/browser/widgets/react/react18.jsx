// React 18 listens on the element that it renders into.
import { createRoot } from "react-dom/client";
import { mount } from "./chat.jsx";

const [content, root] = mount();
createRoot(root).render(content);
