import type { SettingsText, ShellText } from '../types.ts';

export const shell: ShellText = {
  name: 'صوت',
  skip: 'انتقل إلى المحتوى',
  navigation: 'الشاشات',
  screens: { check: 'الفحص', connect: 'أعِد المكالمات', history: 'السجل', settings: 'الإعدادات' },
  practice: 'شبكة تدريب: كل ما تراه يجري داخل هذا الحاسوب، ولا يصل منه شيء إلى الإنترنت.',
  lost: {
    title: 'توقّف برنامج صوت عن العمل',
    text: 'لم تعد هذه النافذة قادرة على فعل شيء. أغلقها وشغّل البرنامج من جديد.',
  },
  cancel: 'إلغاء',
  undo: 'تراجع',
  tryAgain: 'أعد المحاولة',
  copy: 'نسخ',
  copied: 'نُسخ',
  status: {
    label: 'الاتصال',
    disconnected: 'غير متصل',
    connecting: 'جارٍ الاتصال: {stage}',
    connected: 'متصل عبر {profile}',
    blocked: 'يحبس صوت كل حركة البيانات',
    failed: 'تعذّر الاتصال',
    disconnect: 'قطع الاتصال',
    disconnecting: 'جارٍ قطع الاتصال…',
    letTrafficOut: 'السماح بمرور البيانات',
  },
};

export const settings: SettingsText = {
  title: 'الإعدادات',
  language: 'اللغة',
  asSystem: 'لغة الحاسوب',
  theme: 'المظهر',
  themes: { system: 'مثل الحاسوب', light: 'فاتح', dark: 'داكن' },
  notKept: 'تعذّر حفظ هذا الإعداد، وسيبقى ساريًا إلى أن تغلق النافذة.',
  about: 'عن صوت',
  privacy: 'ما تفحصه وما تستورده وما تتصل به يبقى على هذا الحاسوب. لا يطلب صوت حسابًا ولا يبلّغ أحدًا بشيء.',
  version: 'الإصدار {version}',
};
